package dev.wonflow.subscription.charge;

/** Why an invoice is charged. Stored by name, so renaming a constant needs a migration. */
public enum Occasion {
    /** It was issued. */
    FIRST,
    /** The attempt before failed for a reason that was not the tenant's. */
    AGAIN,
    /** The policy says so. */
    RETRY,
    /** The tenant has another card or account. */
    NEW_METHOD,
    /** Somebody asked for it. */
    ASKED
}
