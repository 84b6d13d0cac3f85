package dev.wonflow.subscription.notice;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.Optional;

/** The contact of each tenant that told one. */
public interface BillingContacts {

    Optional<BillingContact> find(TenantId tenant);

    /**
     * Puts it in the place of the one there is.
     *
     * @return the one there was
     */
    Optional<BillingContact> put(TenantId tenant, BillingContact contact, Instant now);
}
