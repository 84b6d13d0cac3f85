package dev.wonflow.payment.charge;

import java.util.EnumSet;
import java.util.Set;

/** How far a charge is. Stored by name, so a renamed constant needs a migration. */
public enum ChargeStatus {
    /** Nothing is known of any call to Toss. */
    REQUESTED,
    /** Toss may have taken the money or not. Only Toss's word ends this, never time. */
    UNKNOWN,
    /** The money is at Toss, and a payment tells of it. */
    PAID,
    /** No money was taken, and none will be. */
    FAILED;

    /** Every legal step. A status without a case here does not compile. */
    public Set<ChargeStatus> next() {
        return switch (this) {
            case REQUESTED -> EnumSet.of(UNKNOWN, PAID, FAILED);
            // Another call, or another look.
            case UNKNOWN -> EnumSet.of(UNKNOWN, PAID, FAILED);
            case PAID, FAILED -> EnumSet.noneOf(ChargeStatus.class);
        };
    }

    public boolean isEnded() {
        return next().isEmpty();
    }
}
