package dev.wonflow.subscription.invoice;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of the credit a tenant has with a product.
 *
 * @param won what it adds; below 0 if it was used
 * @param invoice that used it or left it over; null: an operator gave it
 * @param reason an operator's
 */
public record CreditEntry(
        UUID id,
        TenantId tenantId,
        String product,
        Kind kind,
        long won,
        @Nullable InvoiceId invoice,
        @Nullable String reason,
        Instant at) {

    /** Whether it says the same as another, which may be of another time. */
    boolean isSameGift(CreditEntry other) {
        return kind == other.kind
                && won == other.won
                && tenantId.equals(other.tenantId)
                && product.equals(other.product);
    }

    /** How credit changes. Stored by name, so renaming a constant needs a migration. */
    public enum Kind {
        /** An operator gave it. */
        GRANTED,
        /** An invoice used it. */
        USED,
        /** An invoice left it over: what was paid and not used is worth more than what came after it. */
        LEFT,
        /** An invoice that had used it was voided. */
        RETURNED
    }
}
