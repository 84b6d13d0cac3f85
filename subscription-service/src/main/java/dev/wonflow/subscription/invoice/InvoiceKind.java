package dev.wonflow.subscription.invoice;

/** What an invoice is for. Stored by name, so renaming a constant needs a migration. */
public enum InvoiceKind {
    /** A whole period, before it is used. */
    PERIOD,
    /** A change of plan or quantity within a period. */
    CHANGE
}
