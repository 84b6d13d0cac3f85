/** Refunds, tried with a clock that is moved by hand. */
@NullMarked
package dev.wonflow.payment.refund;

import org.jspecify.annotations.NullMarked;
