package dev.wonflow.payment.stray;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How far a stray capture is. Stored by name, so a renamed constant needs a migration. */
public enum StrayCaptureStatus {
    /** Toss has not been asked to give it back. */
    FOUND,
    /** Toss was asked and may have given it back or not. Only Toss's word ends this, never time. */
    UNKNOWN,
    /** A person has to have it given back; it is looked at until that has happened. */
    LEFT,
    /** It went back. */
    REFUNDED,
    /** It is the payment's money after all. */
    COUNTED,
    /** Toss holds no money under that key, and never will. */
    NOT_HELD;

    /** Every legal step. A status without a case here does not compile. */
    public Set<StrayCaptureStatus> next() {
        return switch (this) {
            // Straight to REFUNDED: someone else was faster.
            case FOUND -> EnumSet.of(FOUND, UNKNOWN, LEFT, REFUNDED, COUNTED, NOT_HELD);
            // To COUNTED: a version before, which knows of no stray captures, has counted it meanwhile.
            case UNKNOWN -> EnumSet.of(UNKNOWN, LEFT, REFUNDED, COUNTED, NOT_HELD);
            case LEFT -> EnumSet.of(REFUNDED, COUNTED, NOT_HELD);
            case REFUNDED, COUNTED, NOT_HELD -> EnumSet.noneOf(StrayCaptureStatus.class);
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
