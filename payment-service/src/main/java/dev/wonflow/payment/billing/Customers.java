package dev.wonflow.payment.billing;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.Optional;

/** What tenants are called towards Toss: one name for each, ours to give, for ever. */
public interface Customers {

    Optional<String> customerKey(TenantId tenant);

    /** The tenant that has the name. */
    Optional<TenantId> tenant(String customerKey);

    /**
     * Names a tenant that has no name yet.
     *
     * @return the name it has now
     */
    String name(TenantId tenant, String customerKey, Instant now);
}
