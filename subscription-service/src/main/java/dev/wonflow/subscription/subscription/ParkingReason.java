package dev.wonflow.subscription.subscription;

/** Why charging would not be safe. Stored by name, so renaming a constant needs a migration. */
public enum ParkingReason {
    /** It was to go on after a rest, and there is no billing method, or it was removed. */
    NO_METHOD,
    /** The version of the plan is not known, so there is no price. */
    PLAN_VERSION_MISSING,
    /** Whether an earlier invoice was paid is not known yet. */
    EARLIER_INVOICE_OPEN,
    /** More than a whole period is overdue: who paid nothing for so long may not expect a charge. */
    OVERDUE_BY_A_PERIOD,
    /** Doing what is due fails, for this one alone and each time; the log says why. */
    CANNOT_BE_BILLED
}
