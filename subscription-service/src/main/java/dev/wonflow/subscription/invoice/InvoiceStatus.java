package dev.wonflow.subscription.invoice;

import java.util.EnumSet;
import java.util.Set;

/** What became of an invoice. Stored by name, so renaming a constant needs a migration. */
public enum InvoiceStatus {
    /** Issued, and not paid yet. */
    OPEN,
    /** Paid, or nothing was to be paid. It stays so when the money goes back; a credit note says that. */
    PAID,
    /** It counts as never issued: the change was declined, or what it was for did not begin. */
    VOID,
    /** What it was for was used, and nobody pays any more. */
    UNCOLLECTIBLE;

    /** Every legal step. What nobody was to pay any more may still be paid. */
    Set<InvoiceStatus> next() {
        return switch (this) {
            case OPEN -> EnumSet.of(PAID, VOID, UNCOLLECTIBLE);
            case UNCOLLECTIBLE -> EnumSet.of(PAID);
            case PAID, VOID -> EnumSet.noneOf(InvoiceStatus.class);
        };
    }
}
