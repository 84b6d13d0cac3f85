/** Stray captures, gone after with a clock that is moved by hand. */
@NullMarked
package dev.wonflow.payment.stray;

import org.jspecify.annotations.NullMarked;
