/** What others learn of cash receipts. */
@NullMarked
package dev.wonflow.payment.receipt.messaging;

import org.jspecify.annotations.NullMarked;
