/** Planted for the tests of the house rules. */
@NullMarked
package dev.wonflow.testsupport.planted.names;

import org.jspecify.annotations.NullMarked;
