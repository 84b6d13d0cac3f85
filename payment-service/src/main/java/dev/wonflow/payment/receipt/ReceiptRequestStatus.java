package dev.wonflow.payment.receipt;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How far a request to Toss about a cash receipt is. Stored by name, so a renamed constant needs a migration. */
public enum ReceiptRequestStatus {
    /** Toss has not been asked. */
    REQUESTED,
    /** Toss was asked and may have passed it on or not. Only Toss's word ends this, never time. */
    UNKNOWN,
    /** Toss has passed it on to the tax office, which decides by itself. */
    DONE,
    /** Nothing came of it, and nothing will. */
    FAILED;

    /** Every legal step. A status without a case here does not compile. */
    public Set<ReceiptRequestStatus> next() {
        return switch (this) {
            // Again, while a look that has to come first brings nothing.
            case REQUESTED -> EnumSet.of(REQUESTED, UNKNOWN, FAILED);
            case UNKNOWN -> EnumSet.of(UNKNOWN, DONE, FAILED);
            case DONE, FAILED -> EnumSet.noneOf(ReceiptRequestStatus.class);
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
