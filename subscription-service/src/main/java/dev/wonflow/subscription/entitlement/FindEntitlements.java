package dev.wonflow.subscription.entitlement;

import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.subscription.Subscriptions;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What a tenant may use at this moment; a plan that has run out is out, though nobody was told yet. */
@Service
public class FindEntitlements {

    private final Subscriptions subscriptions;
    private final FollowSubscriptions entitlements;
    private final TenantClocks clocks;

    FindEntitlements(Subscriptions subscriptions, FollowSubscriptions entitlements, TenantClocks clocks) {
        this.subscriptions = subscriptions;
        this.entitlements = entitlements;
        this.clocks = clocks;
    }

    /** In the order of the products' names. */
    public List<Entitlement> of(TenantId tenant) {
        return subscriptions.ofTenant(tenant).stream()
                .map(subscription -> entitlements.at(subscription, clocks.now(tenant)))
                .toList();
    }

    /** Of one product; empty if the tenant never had a plan of it. */
    public Optional<Entitlement> of(TenantId tenant, String product) {
        return subscriptions
                .find(tenant, product)
                .map(subscription -> entitlements.at(subscription, clocks.now(tenant)));
    }
}
