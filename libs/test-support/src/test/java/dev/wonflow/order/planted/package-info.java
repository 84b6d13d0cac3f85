/** Planted for the tests of the house rules. */
@NullMarked
package dev.wonflow.order.planted;

import org.jspecify.annotations.NullMarked;
