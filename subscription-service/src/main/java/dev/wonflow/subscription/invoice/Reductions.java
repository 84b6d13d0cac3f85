package dev.wonflow.subscription.invoice;

import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.subscription.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What lessens what subscriptions owe: their coupons, and credit of their tenants. */
public interface Reductions {

    /** Those of subscriptions that the caller holds; one that has none is not there. */
    Map<SubscriptionId, Reduction> of(List<Subscription> subscriptions);

    /**
     * The coupon that the running period was paid with, though it may be used up by now, and the tenant's credit; one
     * that was redeemed since is for periods to come.
     */
    Reduction ofRunningPeriod(Subscription subscription);

    /** Counts a period for the coupons of these subscriptions, and ends those that were for no more. */
    void count(List<SubscriptionId> subscriptions, Instant at);
}
