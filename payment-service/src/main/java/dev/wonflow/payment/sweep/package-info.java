/** Payments that ought to have ended, found by their age and asked about. */
@NullMarked
package dev.wonflow.payment.sweep;

import org.jspecify.annotations.NullMarked;
