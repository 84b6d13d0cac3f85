package dev.wonflow.subscription.charge;

import dev.wonflow.subscription.invoice.InvoiceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The stored attempts. */
public interface ChargeAttempts {

    /**
     * Stores new ones.
     *
     * @throws org.springframework.dao.DuplicateKeyException if there is one of that number, or one of the invoice that
     *     has not ended
     */
    void add(List<ChargeAttempt> attempts);

    /**
     * Stores what is said of charges; at most one result each. What is not ours or has ended is passed over.
     *
     * @return what was stored, with the invoice each is for
     */
    List<Answered> answer(Collection<ChargeResult> results, Instant now);

    /** A result that was stored. */
    record Answered(InvoiceId invoice, ChargeResult result) {}

    /** Invoices of those of the charges that are known to have failed. */
    Map<ChargeId, InvoiceId> failed(Collection<ChargeId> charges);

    /** Numbers of the last attempts of invoices that have one. */
    Map<InvoiceId, Integer> last(Collection<InvoiceId> invoices);
}
