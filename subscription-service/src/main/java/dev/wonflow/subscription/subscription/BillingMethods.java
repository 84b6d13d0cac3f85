package dev.wonflow.subscription.subscription;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.UUID;

/** The cards and accounts that payment-service may charge, as far as it has told. */
public interface BillingMethods {

    /** Whether it is one of the tenant, and was not removed. */
    boolean isChargeable(TenantId tenantId, UUID method);

    /** Whether anything was told of it as one of the tenant, be it that it was removed. */
    boolean isKnown(TenantId tenantId, UUID method);

    void registered(UUID method, TenantId tenantId, Instant at);

    void removed(UUID method, TenantId tenantId, Instant at);
}
