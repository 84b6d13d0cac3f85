package dev.wonflow.sandbox.billing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One visit of a buyer to the billing window.
 *
 * @param clientKey key of the browser that opened it; only its secret key can exchange the authKey
 * @param customerKey who the billing key will belong to
 * @param closesAt when the window closes
 * @param authKey null until the buyer agreed
 */
public record BillingAuthorization(
        String id,
        String clientKey,
        String customerKey,
        BillingMethod method,
        String successUrl,
        String failUrl,
        Instant closesAt,
        @Nullable String authKey) {

    BillingAuthorization agreed(String by) {
        return new BillingAuthorization(id, clientKey, customerKey, method, successUrl, failUrl, closesAt, by);
    }

    /** Whether the buyer can still agree. */
    public boolean isOpen(Instant now) {
        return authKey == null && now.isBefore(closesAt);
    }

    /** Without the authKey, which is worth a billing key. */
    @Override
    public String toString() {
        return "BillingAuthorization[id=" + id + ", method=" + method + ", agreed=" + (authKey != null) + "]";
    }
}
