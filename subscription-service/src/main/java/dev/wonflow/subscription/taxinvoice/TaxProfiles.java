package dev.wonflow.subscription.taxinvoice;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.Optional;

/** The profile of each tenant that told one. */
public interface TaxProfiles {

    Optional<TaxProfile> find(TenantId tenant);

    /**
     * Puts it in the place of the one there is.
     *
     * @return the one there was
     */
    Optional<TaxProfile> put(TenantId tenant, TaxProfile profile, Instant now);
}
