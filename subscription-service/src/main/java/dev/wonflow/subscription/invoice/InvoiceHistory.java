package dev.wonflow.subscription.invoice;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The invoices of a tenant. */
public interface InvoiceHistory {

    /** Where an invoice is among those of its tenant. */
    record Place(Instant issuedAt, InvoiceId id) {}

    /**
     * Some of them, newest first.
     *
     * @param after the last one that is known already; null: none is
     */
    List<Invoice> newestFirst(TenantId tenantId, @Nullable Place after, int most);
}
