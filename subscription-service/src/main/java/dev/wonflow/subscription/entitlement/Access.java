package dev.wonflow.subscription.entitlement;

import dev.wonflow.subscription.subscription.SubscriptionStatus;

/** How much of a plan may be used. Stored and told by name. */
public enum Access {
    /** All of it. */
    FULL,
    /** All of it, though a payment is outstanding. */
    GRACE,
    /** What the product leaves to those who owe, such as reading. */
    RESTRICTED,
    /** Nothing until it is paid; what is there is kept. */
    SUSPENDED,
    /** Nothing until the tenant goes on. */
    PAUSED,
    /** Nothing. */
    NONE;

    static Access of(SubscriptionStatus status) {
        return switch (status) {
            case TRIALING, ACTIVE -> FULL;
            case PAST_DUE -> GRACE;
            case RESTRICTED -> RESTRICTED;
            case SUSPENDED -> SUSPENDED;
            case PAUSED -> PAUSED;
            case INCOMPLETE, CANCELED, EXPIRED -> NONE;
        };
    }
}
