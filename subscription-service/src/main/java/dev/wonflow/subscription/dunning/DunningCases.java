package dev.wonflow.subscription.dunning;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.charge.ChargeId;
import dev.wonflow.subscription.charge.Remedy;
import dev.wonflow.subscription.invoice.InvoiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The stored cases, and the declines they are made of. */
public interface DunningCases {

    /**
     * A decline that nobody has judged.
     *
     * @param code as payment-service says
     */
    record Decline(ChargeId charge, InvoiceId invoice, String code, Remedy remedy) {}

    /**
     * Declines nobody has judged, the oldest first, for the caller's transaction alone; those that somebody else holds
     * are passed over. A decline is answered once enough is known to judge it: no charge is under way, or
     * {@code following} results came after it, or it ended before {@code latest}.
     */
    List<Decline> takeUnjudged(int following, Instant latest, int most);

    /**
     * Open invoices for periods that have no billing method and no case, the oldest first. Nobody is asked to charge
     * them, so nobody declines them.
     */
    List<InvoiceId> withoutMethod(int most);

    /** Notes whether declines count. */
    void judged(Collection<ChargeId> counted, Collection<ChargeId> uncounted, Instant now);

    /** Cases of invoices, held until the caller's transaction ends. */
    List<DunningCase> hold(Collection<InvoiceId> invoices);

    /** Open cases of subscriptions, held until the caller's transaction ends. */
    List<DunningCase> holdOpen(Collection<SubscriptionId> subscriptions);

    /**
     * Open cases that have something to do, the longest due first; they are not held. One whose charge is under way has
     * not: its end may change everything.
     */
    List<InvoiceId> due(Instant now, int most);

    Optional<Instant> nextDue();

    void save(Collection<DunningCase> cases);

    /** Puts off whatever open cases wait for. */
    void putOff(Duration by);

    /** Cases of a tenant, the newest first. */
    List<DunningCase> of(TenantId tenant, int most);
}
