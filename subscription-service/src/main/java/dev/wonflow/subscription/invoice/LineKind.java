package dev.wonflow.subscription.invoice;

/** What a line of an invoice says. Stored by name, so renaming a constant needs a migration. */
public enum LineKind {
    /** Price of the plan for the period. */
    PLAN,
    /** Seats beyond those the plan includes, for the period. */
    SEATS,
    /** Unused time of the old terms, taken off. */
    PRORATION_CREDIT,
    /** The new terms for the rest of the period. */
    PRORATION_CHARGE,
    /** A coupon, taken off. */
    DISCOUNT,
    /** Credit of the tenant, taken off. */
    CREDIT,
    /** What was taken off beyond the price, and stays with the tenant as credit. */
    CREDIT_LEFT,
    /** A rest so small that Toss does not take it, let go. */
    WAIVED
}
