/** Charges asked of payment-service: one after the other for an invoice, and what each came to. */
@NullMarked
package dev.wonflow.subscription.charge;

import org.jspecify.annotations.NullMarked;
