package dev.wonflow.subscription.invoice;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.subscription.subscription.Period;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Stores invoices with what they do to credit, and tells everybody who has to hear of it, in one transaction. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class StoreInvoices {

    /** Years of receipts are those of the merchant's books. */
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final Invoices invoices;
    private final Credits credits;
    private final List<InvoiceEvents> listeners;
    private final IdSource ids;

    StoreInvoices(Invoices invoices, Credits credits, List<InvoiceEvents> listeners, IdSource ids) {
        this.invoices = invoices;
        this.credits = credits;
        this.listeners = List.copyOf(listeners);
        this.ids = ids;
    }

    /**
     * An invoice that is new.
     *
     * @param paid how it was paid already; null: it was not
     * @param at when it was issued
     */
    public record New(Invoice invoice, @Nullable InvoicePayment paid, Instant at) {

        /** Whether nobody has to pay it any more. */
        boolean isSettled() {
            return paid != null || invoice.total().isZero();
        }
    }

    /**
     * Issues invoices. One that nobody has to pay is paid at once, and told only as that.
     *
     * @return them as they are stored, in the order given
     */
    public List<Invoice> issue(List<New> drafts) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        Numbers numbers =
                new Numbers(drafts.stream().filter(New::isSettled).map(New::at).toList());
        List<Invoice.Change> changes = drafts.stream()
                .map(draft -> draft.isSettled()
                        ? draft.invoice()
                                .paid(draft.invoice().period(), draft.paid(), numbers.next(draft.at()), draft.at())
                        : new Invoice.Change(draft.invoice(), new InvoiceEvent.Issued(draft.at())))
                .toList();
        List<Invoice> stored =
                invoices.add(changes.stream().map(Invoice.Change::invoice).toList());
        List<CreditEntry> entries = new ArrayList<>();
        for (Invoice invoice : stored) {
            long used = invoice.amounts().creditUsed().won();
            if (used > 0) {
                entries.add(entry(invoice, CreditEntry.Kind.USED, -used, invoice.issuedAt()));
            }
            addLeft(entries, invoice);
        }
        addCredit(entries);
        tell(stored, changes);
        return stored;
    }

    /** What was paid, with the period it was paid for. */
    record Settled(Invoice invoice, Period period, InvoicePayment by, Instant at) {}

    /** Stores that invoices were paid. */
    List<Invoice> pay(List<Settled> settled) {
        Numbers numbers = new Numbers(settled.stream().map(Settled::at).toList());
        List<Invoice> stored = store(settled.stream()
                .map(one -> one.invoice().paid(one.period(), one.by(), numbers.next(one.at()), one.at()))
                .toList());
        List<CreditEntry> entries = new ArrayList<>();
        stored.forEach(invoice -> addLeft(entries, invoice));
        addCredit(entries);
        return stored;
    }

    /** Stores that invoices count as never issued; credit they used is there again. */
    void voidAll(List<Invoice> open, Instant at) {
        store(open.stream().map(invoice -> invoice.voided(at)).toList());
        List<CreditEntry> entries = new ArrayList<>();
        for (Invoice invoice : open) {
            long used = invoice.amounts().creditUsed().won();
            if (used > 0) {
                entries.add(entry(invoice, CreditEntry.Kind.RETURNED, used, at));
            }
        }
        addCredit(entries);
    }

    /** Stores that nobody pays invoices any more. */
    void giveUp(List<Invoice> open, Instant at) {
        store(open.stream().map(invoice -> invoice.givenUp(at)).toList());
    }

    private List<Invoice> store(List<Invoice.Change> changes) {
        List<Invoice> stored =
                invoices.save(changes.stream().map(Invoice.Change::invoice).toList());
        tell(stored, changes);
        return stored;
    }

    private void tell(List<Invoice> stored, List<Invoice.Change> changes) {
        List<InvoiceFact> facts = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            facts.add(new InvoiceFact(stored.get(i), changes.get(i).event()));
        }
        if (!facts.isEmpty()) {
            listeners.forEach(listener -> listener.publish(facts));
        }
    }

    private void addLeft(List<CreditEntry> entries, Invoice invoice) {
        long left = invoice.amounts().creditLeft().won();
        Instant paidAt = invoice.paidAt();
        if (left > 0 && paidAt != null) {
            entries.add(entry(invoice, CreditEntry.Kind.LEFT, left, paidAt));
        }
    }

    private CreditEntry entry(Invoice invoice, CreditEntry.Kind kind, long won, Instant at) {
        return new CreditEntry(ids.next(), invoice.tenantId(), invoice.product(), kind, won, invoice.id(), null, at);
    }

    private void addCredit(List<CreditEntry> entries) {
        if (!entries.isEmpty()) {
            credits.add(entries);
        }
    }

    /** Numbers of receipts, taken for all moments of a batch at once. */
    private final class Numbers {

        private final Map<Integer, Long> nextOfYear = new TreeMap<>();

        Numbers(List<Instant> moments) {
            Map<Integer, Integer> counts = new TreeMap<>();
            moments.forEach(at -> counts.merge(yearOf(at), 1, Integer::sum));
            counts.forEach((year, count) -> nextOfYear.put(year, invoices.takeReceiptNumbers(year, count)));
        }

        DocumentNumber next(Instant at) {
            int year = yearOf(at);
            long number = nextOfYear.merge(year, 1L, Long::sum) - 1;
            return new DocumentNumber(year, number);
        }

        private static int yearOf(Instant at) {
            return at.atZone(SEOUL).getYear();
        }
    }
}
