package dev.wonflow.subscription.taxinvoice;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every tax invoice there is to issue, and those that are not because of other evidence. */
public interface TaxInvoices {

    /** Adds those that are not there yet, however many with one statement. */
    void add(List<TaxInvoice> taxInvoices);

    /**
     * Notes how a payment was made; what is null is left as it was.
     *
     * @param method as Toss names it
     */
    void note(String paymentId, @Nullable String method, @Nullable Boolean cashReceipt);

    /** Those of a tenant, the newest first. */
    List<WithEvidence> of(TenantId tenant, @Nullable Place after, int limit);

    /**
     * Those to be issued for a month to tenants with a profile, in the order of their days.
     *
     * @param amended those that take away from earlier ones, or the others
     * @param from how many to leave out at the beginning
     */
    List<Due> due(YearMonth month, boolean amended, boolean livemode, int from, int limit);

    record WithEvidence(TaxInvoice taxInvoice, Evidence evidence) {}

    /**
     * One to be issued.
     *
     * @param original the one it takes away from; null unless it is amended
     */
    record Due(
            TaxInvoice taxInvoice,
            TaxProfile buyer,
            @Nullable Original original) {}

    /** What an amended one has to name. */
    record Original(LocalDate writtenOn, String number, boolean whole) {}

    /** A place in the list of a tenant. */
    record Place(Instant createdAt, UUID id) {}
}
