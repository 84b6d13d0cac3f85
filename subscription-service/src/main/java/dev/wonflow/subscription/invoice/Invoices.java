package dev.wonflow.subscription.invoice;

import dev.wonflow.subscription.SubscriptionId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The stored invoices. */
public interface Invoices {

    Optional<Invoice> find(InvoiceId id);

    /** Those of {@code ids} that exist. */
    List<Invoice> find(Collection<InvoiceId> ids);

    /** Those of the subscriptions that have an invoice that is not paid yet. */
    Set<SubscriptionId> withOpen(Collection<SubscriptionId> subscriptions);

    /** Invoices of a subscription that are not paid yet. */
    List<Invoice> open(SubscriptionId subscription);

    /** Paid invoices for periods of a subscription after one, in their order. */
    List<Invoice> paidAfter(SubscriptionId subscription, long periodNumber);

    /** The paid invoice of the same period before one that was a change within it. */
    Optional<Invoice> paidBefore(Invoice change);

    /** The invoice a payment paid. */
    Optional<Invoice> ofPayment(String paymentId);

    /**
     * Stores new invoices with their lines.
     *
     * @return them with their version
     * @throws org.springframework.dao.DuplicateKeyException if a period or change has one already
     */
    List<Invoice> add(List<Invoice> invoices);

    /**
     * Stores new states; lines stay as they are.
     *
     * @return the invoices with their new versions, in the order given
     * @throws org.springframework.dao.OptimisticLockingFailureException if someone else stored one in between
     */
    List<Invoice> save(List<Invoice> invoices);

    /**
     * The next numbers of receipts of a year, without gaps: they are taken in the caller's transaction, and whoever
     * comes for more waits until it ends.
     *
     * @return the first of them
     */
    long takeReceiptNumbers(int year, int count);
}
