package dev.wonflow.sandbox.control.web;

import dev.wonflow.sandbox.billing.BillingCard;
import dev.wonflow.sandbox.billing.BillingKey;
import org.jspecify.annotations.Nullable;

/**
 * A billing key as the page shows it.
 *
 * @param number masked; null if it charges an account
 */
record BillingRow(
        String billingKey, String customerKey, @Nullable String number, String issuedAt, boolean deleted) {

    static BillingRow of(BillingKey key) {
        BillingCard card = key.card();
        return new BillingRow(
                key.billingKey(),
                key.customerKey(),
                card == null ? null : card.face().number(),
                Show.time(key.authenticatedAt()),
                key.isDeleted());
    }
}
