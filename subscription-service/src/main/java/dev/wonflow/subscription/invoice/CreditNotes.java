package dev.wonflow.subscription.invoice;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every credit note there was. */
public interface CreditNotes {

    void add(CreditNote note, Invoice invoice);

    /** Where a credit note is among those of its tenant. */
    record Place(Instant at, UUID id) {}

    /**
     * Some of a tenant, newest first.
     *
     * @param after the last one that is known already; null: none is
     */
    List<CreditNote> newestFirst(TenantId tenant, @Nullable Place after, int most);

    /**
     * The next number of a year, without gaps: it is taken in the caller's transaction, and whoever comes next waits.
     */
    DocumentNumber takeNumber(int year);
}
