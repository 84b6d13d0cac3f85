package dev.wonflow.sandbox.payout;

import java.util.EnumSet;
import java.util.Set;

/** Where a payout is in its life. */
public enum PayoutStatus {
    /** Asked for; can still be cancelled. */
    REQUESTED,
    /** On its way to the bank. */
    IN_PROGRESS,
    COMPLETED,
    FAILED,
    CANCELED;

    /** Every legal step. */
    Set<PayoutStatus> next() {
        return switch (this) {
            case REQUESTED -> EnumSet.of(IN_PROGRESS, FAILED, CANCELED);
            case IN_PROGRESS -> EnumSet.of(COMPLETED, FAILED);
            case COMPLETED, FAILED, CANCELED -> EnumSet.noneOf(PayoutStatus.class);
        };
    }

    /** Whether the money went to the seller, or is on its way. */
    boolean isUnderWay() {
        return this == REQUESTED || this == IN_PROGRESS || this == COMPLETED;
    }
}
