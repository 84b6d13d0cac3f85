package dev.wonflow.subscription.entitlement;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.subscription.Subscriptions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What a tenant may use at this moment; a plan that has run out is out, though nobody was told yet. */
@Service
public class FindEntitlements {

    private final Subscriptions subscriptions;
    private final FollowSubscriptions entitlements;
    private final Clock clock;

    FindEntitlements(Subscriptions subscriptions, FollowSubscriptions entitlements, Clock clock) {
        this.subscriptions = subscriptions;
        this.entitlements = entitlements;
        this.clock = clock;
    }

    /** In the order of the products' names. */
    public List<Entitlement> of(TenantId tenant) {
        return subscriptions.ofTenant(tenant).stream()
                .map(subscription -> entitlements.at(subscription, clock.instant()))
                .toList();
    }

    /** Of one product; empty if the tenant never had a plan of it. */
    public Optional<Entitlement> of(TenantId tenant, String product) {
        return subscriptions.find(tenant, product).map(subscription -> entitlements.at(subscription, clock.instant()));
    }
}
