package dev.wonflow.subscription.subscription;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.OptimisticLockingFailureException;

/** Subscriptions in memory. */
public final class InMemorySubscriptions implements Subscriptions {

    private final Map<SubscriptionId, Subscription> byId = new LinkedHashMap<>();

    @Override
    public Optional<Subscription> find(SubscriptionId id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Optional<Subscription> find(TenantId tenantId, String product) {
        return ofTenant(tenantId).stream()
                .filter(subscription -> subscription.product().equals(product))
                .findFirst();
    }

    @Override
    public List<Subscription> ofTenant(TenantId tenantId) {
        return byId.values().stream()
                .filter(subscription -> subscription.tenantId().equals(tenantId))
                .sorted(Comparator.comparing(Subscription::product))
                .toList();
    }

    @Override
    public List<Subscription> hold(Collection<SubscriptionId> ids) {
        return byId.values().stream()
                .filter(subscription -> ids.contains(subscription.id()))
                .sorted(Comparator.comparing(
                        subscription -> subscription.id().value().toString()))
                .toList();
    }

    @Override
    public List<Subscription> claimDue(Instant now, int most) {
        return byId.values().stream()
                .filter(subscription -> subscription.parking() == null
                        && subscription.dueAt() != null
                        && !subscription.dueAt().isAfter(now))
                .sorted(Comparator.comparing(Subscription::dueAt, Comparator.nullsLast(Comparator.naturalOrder())))
                .limit(most)
                .toList();
    }

    @Override
    public List<Subscription> holdByMethod(UUID billingMethod) {
        return byId.values().stream()
                .filter(subscription -> billingMethod.equals(subscription.billingMethodId()))
                .toList();
    }

    @Override
    public List<Subscription> holdOlder(String plan, long version, int most) {
        return byId.values().stream()
                .filter(subscription -> subscription.plan().equals(plan)
                        && subscription.terms().planVersion() < version
                        && subscription.collection() == CollectionMode.AUTOMATIC
                        && subscription.pending() == null)
                .limit(most)
                .toList();
    }

    @Override
    public List<Subscription> save(List<Subscription> subscriptions) {
        return subscriptions.stream().map(this::save).toList();
    }

    private Subscription save(Subscription subscription) {
        long before = find(subscription.id()).map(Subscription::version).orElse(0L);
        if (before != subscription.version()) {
            throw new OptimisticLockingFailureException(
                    "version: " + subscription.version() + " (expected: " + before + ")");
        }
        Subscription stored = subscription.stored(before + 1);
        byId.put(stored.id(), stored);
        return stored;
    }
}
