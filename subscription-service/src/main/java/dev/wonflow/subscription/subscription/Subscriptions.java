package dev.wonflow.subscription.subscription;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import java.util.Optional;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The stored subscriptions, at most one for each tenant. */
public interface Subscriptions extends Repository<Subscription, SubscriptionId> {

    Optional<Subscription> findByTenantId(TenantId tenantId);

    /**
     * Stores a new state.
     *
     * @return the subscription with its new version
     * @throws org.springframework.dao.OptimisticLockingFailureException if someone else stored one in between
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Subscription save(Subscription subscription);
}
