package dev.wonflow.sandbox.billing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that charges a card or an account of one customer.
 *
 * @param mId merchant it was issued to; nobody else can use it
 * @param card null unless it charges a card
 * @param account null unless it charges an account
 * @param deletedAt null while it is good
 */
public record BillingKey(
        String billingKey,
        String mId,
        String customerKey,
        BillingMethod method,
        @Nullable BillingCard card,
        @Nullable BillingAccount account,
        Instant authenticatedAt,
        @Nullable Instant deletedAt) {

    BillingKey deleted(Instant at) {
        return new BillingKey(billingKey, mId, customerKey, method, card, account, authenticatedAt, at);
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }

    /** Without the key and its customer: together they can charge, so they never meet in a log. */
    @Override
    public String toString() {
        return "BillingKey[mId=" + mId + ", method=" + method + ", deleted=" + isDeleted() + "]";
    }
}
