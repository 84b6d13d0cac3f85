package dev.wonflow.subscription.subscription;

/** Where the facts about subscriptions go. */
@FunctionalInterface
public interface SubscriptionEvents {

    /** Publishes in the caller's transaction; {@code subscription} is as stored, with its new version. */
    void publish(Subscription subscription, SubscriptionEvent event);
}
