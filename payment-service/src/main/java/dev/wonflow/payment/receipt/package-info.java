/** Cash receipts (현금영수증) of transfers and deposits: what the tax office was asked for, and what came of it. */
@NullMarked
package dev.wonflow.payment.receipt;

import org.jspecify.annotations.NullMarked;
