package dev.wonflow.subscription.subscription;

import java.util.EnumSet;
import java.util.Set;

/** Where a subscription is in its life. Stored by name, so renaming a constant needs a migration. */
public enum SubscriptionStatus {
    /** The tenant has the plan. */
    ACTIVE,
    /** The paid time is over and nobody has paid on. */
    EXPIRED;

    /** Every legal step. Buying more of an active plan, or another plan, leads from ACTIVE to ACTIVE. */
    Set<SubscriptionStatus> next() {
        return switch (this) {
            case ACTIVE -> EnumSet.of(ACTIVE, EXPIRED);
            case EXPIRED -> EnumSet.of(ACTIVE);
        };
    }
}
