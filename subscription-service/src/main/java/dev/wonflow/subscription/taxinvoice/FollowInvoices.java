package dev.wonflow.subscription.taxinvoice;

import dev.wonflow.money.Money;
import dev.wonflow.subscription.invoice.CreditNote;
import dev.wonflow.subscription.invoice.CreditNoteEvents;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceEvent;
import dev.wonflow.subscription.invoice.InvoiceEvents;
import dev.wonflow.subscription.invoice.InvoiceFact;
import dev.wonflow.subscription.invoice.InvoiceLine;
import dev.wonflow.subscription.invoice.InvoicePayment;
import dev.wonflow.subscription.invoice.LineKind;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes a tax invoice of every invoice that money was paid for, in the transaction in which it is paid, and an amended
 * one of every credit note.
 */
@Service
class FollowInvoices implements InvoiceEvents, CreditNoteEvents {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private static final Set<LineKind> SOLD = EnumSet.of(LineKind.PLAN, LineKind.PRORATION_CHARGE);

    private final TaxInvoices taxInvoices;

    FollowInvoices(TaxInvoices taxInvoices) {
        this.taxInvoices = taxInvoices;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void publish(List<InvoiceFact> facts) {
        List<TaxInvoice> made = facts.stream().flatMap(FollowInvoices::made).toList();
        if (!made.isEmpty()) {
            taxInvoices.add(made);
        }
    }

    private static Stream<TaxInvoice> made(InvoiceFact fact) {
        return switch (fact.event()) {
            case InvoiceEvent.Paid(Instant at) -> original(fact.invoice(), at).stream();
            case InvoiceEvent.Issued _, InvoiceEvent.Voided _, InvoiceEvent.GivenUp _ -> Stream.empty();
        };
    }

    /** None where nothing was paid: there is nothing to deduct VAT from. */
    private static Optional<TaxInvoice> original(Invoice invoice, Instant at) {
        InvoicePayment payment = invoice.payment();
        if (payment == null || invoice.total().isZero()) {
            return Optional.empty();
        }
        return Optional.of(new TaxInvoice(
                invoice.id().value(),
                invoice.id().value(),
                invoice.tenantId(),
                false,
                at.atZone(SEOUL).toLocalDate(),
                SupplyAndTax.of(invoice.total(), invoice.amounts().taxFree()),
                item(invoice),
                Objects.requireNonNull(invoice.receipt()).toString(),
                invoice.billingMethodId() != null,
                payment.paymentId(),
                payment.livemode(),
                at.truncatedTo(ChronoUnit.MICROS)));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void issued(CreditNote note, Invoice invoice) {
        InvoicePayment payment = Objects.requireNonNull(invoice.payment());
        Money before = invoice.total().minus(invoice.refunded()).plus(note.amount());
        taxInvoices.add(List.of(new TaxInvoice(
                note.id(),
                invoice.id().value(),
                invoice.tenantId(),
                true,
                note.at().atZone(SEOUL).toLocalDate(),
                SupplyAndTax.takenAway(before, note.amount(), invoice.amounts().taxFree()),
                item(invoice),
                note.number().toString(),
                invoice.billingMethodId() != null,
                payment.paymentId(),
                payment.livemode(),
                note.at().truncatedTo(ChronoUnit.MICROS))));
    }

    private static String item(Invoice invoice) {
        return invoice.lines().stream()
                .filter(line -> SOLD.contains(line.kind()))
                .map(InvoiceLine::about)
                .reduce((_, last) -> last)
                .orElse(invoice.terms().plan());
    }
}
