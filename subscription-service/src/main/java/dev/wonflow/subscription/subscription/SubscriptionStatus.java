package dev.wonflow.subscription.subscription;

import java.util.EnumSet;
import java.util.Set;

/** Where a subscription is in its life. Stored by name, so renaming a constant needs a migration. */
public enum SubscriptionStatus {
    /** The first payment of a run of periods is outstanding; nothing may be used. */
    INCOMPLETE,
    /** In the days before the first period, for nothing. */
    TRIALING,
    /** The tenant has the plan. */
    ACTIVE,
    /** The payment for a period failed, and everything may still be used. */
    PAST_DUE,
    /** It is still outstanding, and not everything may be used. */
    RESTRICTED,
    /** It is still outstanding, and nothing may be used. */
    SUSPENDED,
    /** Rests at the tenant's wish: nothing is charged, and nothing may be used. */
    PAUSED,
    /** Ended, by the tenant or because nobody paid. */
    CANCELED,
    /** The paid time is over and nobody has paid on. */
    EXPIRED;

    /**
     * Every legal step. Renewals, changes of plan or quantity and further purchases lead from ACTIVE to ACTIVE, changes
     * within a trial from TRIALING to TRIALING.
     */
    Set<SubscriptionStatus> next() {
        return switch (this) {
            case INCOMPLETE -> EnumSet.of(ACTIVE, PAUSED, CANCELED, EXPIRED);
            case TRIALING -> EnumSet.of(TRIALING, ACTIVE, PAST_DUE, CANCELED, EXPIRED);
            case ACTIVE -> EnumSet.of(ACTIVE, PAST_DUE, PAUSED, CANCELED, EXPIRED);
            case PAST_DUE -> EnumSet.of(ACTIVE, RESTRICTED, SUSPENDED, CANCELED, EXPIRED);
            case RESTRICTED -> EnumSet.of(ACTIVE, SUSPENDED, CANCELED, EXPIRED);
            case SUSPENDED -> EnumSet.of(ACTIVE, CANCELED, EXPIRED);
            case PAUSED -> EnumSet.of(INCOMPLETE, ACTIVE, CANCELED);
            case CANCELED, EXPIRED -> EnumSet.of(INCOMPLETE, ACTIVE);
        };
    }
}
