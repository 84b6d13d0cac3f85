package dev.wonflow.subscription.dunning;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stored policies. */
public interface DunningPolicies {

    /** What holds for each of them: its own policy, or the one of all. */
    Map<TenantId, DunningPolicy> of(Collection<TenantId> tenants);

    /**
     * The policy that was set.
     *
     * @param tenant null: the one of all that have none of their own
     */
    Optional<DunningPolicy> find(@Nullable TenantId tenant);

    void save(@Nullable TenantId tenant, DunningPolicy policy, Instant now);

    /** Answers whether there was one. */
    boolean remove(TenantId tenant);
}
