package dev.wonflow.payment.billing;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Whether a billing method can be charged. Stored by name, so a renamed constant needs a migration. */
public enum BillingMethodStatus {
    ACTIVE,
    /** Nothing is charged any more; Toss still has to forget the key. */
    REMOVING,
    /** The key is gone, here and at Toss. */
    REMOVED;

    /** Every legal step. A status without a case here does not compile. */
    public Set<BillingMethodStatus> next() {
        return switch (this) {
            // Straight to REMOVED: Toss has forgotten it of its own accord.
            case ACTIVE -> EnumSet.of(REMOVING, REMOVED);
            case REMOVING -> EnumSet.of(REMOVED);
            case REMOVED -> EnumSet.noneOf(BillingMethodStatus.class);
        };
    }

    /** The name used outside the service. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
