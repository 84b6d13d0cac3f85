package dev.wonflow.subscription.subscription;

/** How the money for periods comes in. Stored by name, so renaming a constant needs a migration. */
public enum CollectionMode {
    /** Somebody pays for each period in the payment window; without that it expires. */
    PREPAID,
    /** A billing method is charged for each period. */
    AUTOMATIC
}
