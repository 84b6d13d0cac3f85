package dev.wonflow.subscription.invoice.messaging;

import dev.wonflow.money.Money;
import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.subscription.invoice.CreditNote;
import dev.wonflow.subscription.invoice.CreditNoteEvents;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoicePayment;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes credit notes as outbox messages, beside what happened to their invoices. */
@Component
class OutboxCreditNoteEvents implements CreditNoteEvents {

    private static final String ISSUED = "invoice.credit-note-issued.v1";

    /** Of its own, because what we publish must not follow a setting of the web layer. */
    private static final JsonMapper JSON = new JsonMapper();

    private final Outbox outbox;

    OutboxCreditNoteEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void issued(CreditNote note, Invoice invoice) {
        outbox.append(message(note, invoice));
    }

    /** The event has the id of the credit note, for there is one of each. */
    static OutboxMessage message(CreditNote note, Invoice invoice) {
        InvoicePayment payment = Objects.requireNonNull(invoice.payment());
        return new OutboxMessage(
                note.id(),
                OutboxInvoiceEvents.TOPIC,
                invoice.subscriptionId().toString(),
                ISSUED,
                invoice.version(),
                invoice.tenantId().value(),
                note.at(),
                JSON.writeValueAsString(new IssuedV1(
                        note.id(),
                        note.number().toString(),
                        invoice.id().value(),
                        invoice.subscriptionId().value(),
                        invoice.tenantId().value(),
                        payment.paymentId(),
                        note.amount().won(),
                        note.vat().won(),
                        Money.CURRENCY,
                        note.reason(),
                        note.at())));
    }

    record IssuedV1(
            UUID creditNoteId,
            String number,
            UUID invoiceId,
            UUID subscriptionId,
            String tenantId,
            String paymentId,
            long amount,
            long vat,
            String currency,
            String reason,
            Instant issuedAt) {}
}
