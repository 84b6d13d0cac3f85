/** Planted for the tests of the house rules. */
@NullMarked
package dev.wonflow.payment.planted;

import org.jspecify.annotations.NullMarked;
