package dev.wonflow.subscription.subscription;

import dev.wonflow.runtime.TenantId;

/** The tenant has no subscription to the product. */
public final class SubscriptionNotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SubscriptionNotFound(TenantId tenant, String product) {
        super("tenant " + tenant + ": no subscription to " + product);
    }
}
