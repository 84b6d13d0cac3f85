package dev.wonflow.subscription.subscription;

import java.time.Instant;

/** What happened to a subscription. Internal; one adapter turns it into a contract message. */
public sealed interface SubscriptionEvent {

    /** A purchase was counted: the tenant has a plan, more of it, or another one. */
    record Activated(Instant at) implements SubscriptionEvent {}
}
