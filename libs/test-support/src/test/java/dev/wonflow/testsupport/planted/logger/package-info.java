/** Planted for the tests of the house rules. */
@NullMarked
package dev.wonflow.testsupport.planted.logger;

import org.jspecify.annotations.NullMarked;
