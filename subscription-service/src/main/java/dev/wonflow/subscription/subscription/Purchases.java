package dev.wonflow.subscription.subscription;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;

/** The purchases that were counted, each payment once. */
public interface Purchases {

    /**
     * Makes concurrent purchases of one tenant take turns until the caller's transaction ends. A lock of rows could not
     * do that for the first purchase, which has no row yet.
     */
    void lockTenant(TenantId tenantId);

    boolean contains(String paymentId);

    void add(Purchase purchase, SubscriptionId subscription);
}
