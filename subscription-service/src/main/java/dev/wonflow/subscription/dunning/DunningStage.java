package dev.wonflow.subscription.dunning;

import java.util.EnumSet;
import java.util.Set;

/** How far it has come with an invoice that was not paid. Stored by name, so renaming a constant needs a migration. */
public enum DunningStage {
    /** The tenant keeps full use. */
    GRACE,
    /** The tenant keeps what the product calls restricted use. */
    RESTRICTED,
    /** No use; everything is kept. */
    SUSPENDED,
    /** Paid: as if nothing had been. */
    RECOVERED,
    /** Nothing is tried any more: cancelled, or suspended for good. */
    ENDED;

    /** Every legal step. Each stage that is open can be left by a payment. */
    public Set<DunningStage> next() {
        return switch (this) {
            case GRACE -> EnumSet.of(RESTRICTED, SUSPENDED, RECOVERED, ENDED);
            case RESTRICTED -> EnumSet.of(SUSPENDED, RECOVERED, ENDED);
            case SUSPENDED -> EnumSet.of(RECOVERED, ENDED);
            // Whoever pays after all has what was paid for.
            case ENDED -> EnumSet.of(RECOVERED);
            case RECOVERED -> EnumSet.noneOf(DunningStage.class);
        };
    }

    /** Whether time alone leads on from here. */
    public boolean isOpen() {
        return switch (this) {
            case GRACE, RESTRICTED, SUSPENDED -> true;
            case RECOVERED, ENDED -> false;
        };
    }
}
