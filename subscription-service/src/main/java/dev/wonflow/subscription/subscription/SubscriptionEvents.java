package dev.wonflow.subscription.subscription;

import java.util.List;

/** Who hears of the facts about subscriptions; several do. */
@FunctionalInterface
public interface SubscriptionEvents {

    /** Takes facts in, in the caller's transaction and in their order. */
    void publish(List<SubscriptionFact> facts);
}
