package dev.wonflow.payment.refund;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How far a refund is. Stored by name, so a renamed constant needs a migration. */
public enum RefundStatus {
    /** Its amount is set aside; a second person has to agree. */
    AWAITING_APPROVAL,
    /** Its amount is set aside; Toss has not been asked. */
    REQUESTED,
    /** Toss was asked and may have given the money back or not. Only Toss's word ends this, never time. */
    UNKNOWN,
    /** The money went back. */
    DONE,
    /** No money went back for it, and none will. */
    FAILED;

    /** Every legal step. A status without a case here does not compile. */
    public Set<RefundStatus> next() {
        return switch (this) {
            case AWAITING_APPROVAL -> EnumSet.of(REQUESTED, FAILED);
            // Straight to FAILED: what was set aside has gone back by another way.
            case REQUESTED -> EnumSet.of(UNKNOWN, FAILED);
            // Another call, or another look.
            case UNKNOWN -> EnumSet.of(UNKNOWN, DONE, FAILED);
            case DONE, FAILED -> EnumSet.noneOf(RefundStatus.class);
        };
    }

    public boolean isEnded() {
        return next().isEmpty();
    }

    /** The name used outside the service. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
