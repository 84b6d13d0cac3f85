/** What others learn of cash receipts, against the published samples. */
@NullMarked
package dev.wonflow.payment.receipt.messaging;

import org.jspecify.annotations.NullMarked;
