package dev.wonflow.subscription.plan;

/**
 * What becomes of the rest of a period when a tenant ends its subscription at once. Stored by name, so renaming a
 * constant needs a migration.
 */
public enum UnusedTime {
    /** It is gone, and so is what was paid for it. */
    LOST,
    /** What was paid for it stays with the tenant as credit. */
    CREDITED
}
