package dev.wonflow.sandbox.billing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer's agreement is worth: one billing key, once, for one customer.
 *
 * @param clientKey key of the browser it was given to
 * @param expiresAt until when it can be exchanged
 * @param card null unless a card was agreed to
 * @param account null unless an account was agreed to
 */
public record AuthKey(
        String authKey,
        String clientKey,
        String customerKey,
        BillingMethod method,
        @Nullable BillingCard card,
        @Nullable BillingAccount account,
        Instant expiresAt,
        boolean spent) {

    AuthKey exchanged() {
        return new AuthKey(authKey, clientKey, customerKey, method, card, account, expiresAt, true);
    }

    boolean isGood(Instant now) {
        return !spent && now.isBefore(expiresAt);
    }

    /** Without the key and its customer: together they are worth a billing key. */
    @Override
    public String toString() {
        return "AuthKey[method=" + method + ", expiresAt=" + expiresAt + ", spent=" + spent + "]";
    }
}
