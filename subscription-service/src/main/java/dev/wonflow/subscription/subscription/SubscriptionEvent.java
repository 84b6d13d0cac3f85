package dev.wonflow.subscription.subscription;

import java.time.Instant;

/** What happened to a subscription. Internal; one adapter turns it into a contract message. */
public sealed interface SubscriptionEvent {

    /** When it happened. */
    Instant at();

    /** A purchase was counted: the tenant has a plan, more of it, or another one. */
    record Activated(Instant at) implements SubscriptionEvent {}

    /** The next period was paid, or the first one of a run. */
    record Renewed(Instant at) implements SubscriptionEvent {}

    /** Anything else about it changed. */
    record Changed(ChangeReason reason, Instant at) implements SubscriptionEvent {}
}
