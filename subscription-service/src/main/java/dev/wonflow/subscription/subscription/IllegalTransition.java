package dev.wonflow.subscription.subscription;

import dev.wonflow.subscription.SubscriptionId;

/** A step that the life cycle does not have. */
public final class IllegalTransition extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IllegalTransition(SubscriptionId id, SubscriptionStatus from, SubscriptionStatus to) {
        super("subscription " + id + ": " + from + " -> " + to + " (expected: one of " + from.next() + ")");
    }
}
