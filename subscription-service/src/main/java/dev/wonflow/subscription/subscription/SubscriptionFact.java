package dev.wonflow.subscription.subscription;

/**
 * Something that happened, with the subscription as it is stored afterwards.
 *
 * @param subscription with its new version
 */
public record SubscriptionFact(Subscription subscription, SubscriptionEvent event) {}
