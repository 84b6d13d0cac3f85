/** Cash receipts, tried with a clock that is moved by hand. */
@NullMarked
package dev.wonflow.payment.receipt;

import org.jspecify.annotations.NullMarked;
