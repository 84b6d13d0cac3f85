/** Planted for the tests of the house rules. */
@NullMarked
package dev.wonflow.testsupport.planted.door;

import org.jspecify.annotations.NullMarked;
