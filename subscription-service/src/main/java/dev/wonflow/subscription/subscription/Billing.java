package dev.wonflow.subscription.subscription;

import dev.wonflow.subscription.plan.Plan;
import java.time.Instant;

/** Where what subscriptions owe is worked out and asked for. All of it happens in the caller's transaction. */
public interface Billing {

    /** Whether an invoice of it waits for its payment. */
    boolean isOutstanding(Subscription subscription);

    /**
     * Takes a coupon for a subscription.
     *
     * @throws SubscriptionRefused if there is none of this code, or it is not for this plan, or not any more
     */
    void redeem(String coupon, Subscription subscription, Instant now);

    /**
     * Asks for the first payment of a run of periods.
     *
     * @param subscription that waits for it, as it is stored
     * @return it as it is then: it has begun, if there was nothing to pay
     */
    Subscription begin(Subscription subscription, Instant now);

    /**
     * Has other terms hold from now on: at once, if there is nothing to pay for it, or when it is paid.
     *
     * @param plan that {@code terms} name
     * @return the subscription as it is then
     * @throws SubscriptionRefused if there is something to pay, and no billing method
     */
    Subscription change(Subscription subscription, Terms terms, Plan plan, Instant now);

    /** Leaves the tenant what is not used of the running period as credit, if the plan says so. */
    void end(Subscription subscription, Instant now);
}
