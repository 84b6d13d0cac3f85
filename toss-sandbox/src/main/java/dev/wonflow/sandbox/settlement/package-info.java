/** Settlements (정산): what of a payment the merchant is paid, after fees, and on which day. */
@NullMarked
package dev.wonflow.sandbox.settlement;

import org.jspecify.annotations.NullMarked;
