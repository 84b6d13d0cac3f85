package dev.wonflow.subscription.entitlement;

import dev.wonflow.subscription.SubscriptionId;
import java.time.Instant;
import java.util.List;

/** What was last told of each tenant and product. */
public interface Entitlements {

    /**
     * Stores what is another than was last told, however many with one statement.
     *
     * @param entitlements of different tenants or products, whose subscriptions the caller holds
     * @return those that were stored
     */
    List<Told> put(List<Entitlement> entitlements, Instant now);

    /** Some subscriptions of which nothing was ever told: those of before there were entitlements. */
    List<SubscriptionId> untold(int most);

    /**
     * What is told.
     *
     * @param version counts what was told of this tenant and product, from 1 on
     */
    record Told(Entitlement entitlement, long version, Instant changedAt) {}
}
