package dev.wonflow.subscription.subscription;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The stored subscriptions, at most one for each tenant and product. */
public interface Subscriptions {

    Optional<Subscription> find(SubscriptionId id);

    Optional<Subscription> find(TenantId tenantId, String product);

    /** All of a tenant, in the order of the products' names. */
    List<Subscription> ofTenant(TenantId tenantId);

    /**
     * Those of {@code ids} that exist, in the order of their ids, so that two who hold several never wait for each
     * other in a circle; nobody else changes them until the caller's transaction ends.
     */
    List<Subscription> hold(Collection<SubscriptionId> ids);

    /**
     * Some that have something to do, the longest due first; nobody else claims or changes them until the caller's
     * transaction ends. Those that somebody else holds are passed over, and so are parked ones.
     */
    List<Subscription> claimDue(Instant now, int most);

    /** Those that a billing method is charged for, held likewise. */
    List<Subscription> holdByMethod(UUID billingMethod);

    /**
     * Some that run on, are charged for by a billing method, have an older version of a plan and nothing that is to
     * change; held likewise.
     */
    List<Subscription> holdOlder(String plan, long version, int most);

    /**
     * Stores new states, of different subscriptions.
     *
     * @return the subscriptions with their new versions, in the order given
     * @throws org.springframework.dao.OptimisticLockingFailureException if someone else stored one in between
     */
    List<Subscription> save(List<Subscription> subscriptions);
}
