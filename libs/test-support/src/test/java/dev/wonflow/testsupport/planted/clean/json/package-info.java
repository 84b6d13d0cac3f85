/** Planted for the tests of the house rules. */
@NullMarked
package dev.wonflow.testsupport.planted.clean.json;

import org.jspecify.annotations.NullMarked;
