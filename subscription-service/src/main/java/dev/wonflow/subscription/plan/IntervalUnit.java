package dev.wonflow.subscription.plan;

/** What periods are counted in. Stored by name, so renaming a constant needs a migration. */
public enum IntervalUnit {
    DAY,
    WEEK,
    MONTH,
    YEAR
}
