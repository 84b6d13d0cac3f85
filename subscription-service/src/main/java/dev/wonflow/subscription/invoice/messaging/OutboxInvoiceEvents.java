package dev.wonflow.subscription.invoice.messaging;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wonflow.money.Money;
import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceEvent;
import dev.wonflow.subscription.invoice.InvoiceEvents;
import dev.wonflow.subscription.invoice.InvoiceFact;
import dev.wonflow.subscription.invoice.InvoiceLine;
import dev.wonflow.subscription.invoice.InvoicePayment;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes what happened to invoices as outbox messages, beside what happened to their subscriptions. */
@Component
class OutboxInvoiceEvents implements InvoiceEvents {

    static final String TOPIC = "subscription.events";

    /** Of its own, because what we publish must not follow a setting of the web layer. */
    private static final JsonMapper JSON = new JsonMapper();

    private final Outbox outbox;
    private final IdSource ids;

    OutboxInvoiceEvents(Outbox outbox, IdSource ids) {
        this.outbox = outbox;
        this.ids = ids;
    }

    @Override
    public void publish(List<InvoiceFact> facts) {
        facts.forEach(fact -> outbox.append(message(ids.next(), fact.invoice(), fact.event())));
    }

    static OutboxMessage message(UUID id, Invoice invoice, InvoiceEvent event) {
        InvoiceV1 all = InvoiceV1.of(invoice);
        return switch (event) {
            case InvoiceEvent.Issued _ ->
                message(
                        id,
                        invoice,
                        event,
                        "invoice.issued.v1",
                        new IssuedV1(all, invoice.billingMethodId(), invoice.dueAt()));
            case InvoiceEvent.Paid(Instant at) ->
                message(id, invoice, event, "invoice.paid.v1", PaidV1.of(all, invoice, at));
            case InvoiceEvent.Voided(Instant at) ->
                message(
                        id,
                        invoice,
                        event,
                        "invoice.voided.v1",
                        new VoidedV1(all, invoice.status().name(), at));
            case InvoiceEvent.GivenUp(Instant at) ->
                message(
                        id,
                        invoice,
                        event,
                        "invoice.voided.v1",
                        new VoidedV1(all, invoice.status().name(), at));
        };
    }

    private static OutboxMessage message(UUID id, Invoice invoice, InvoiceEvent event, String type, Record body) {
        return new OutboxMessage(
                id,
                TOPIC,
                invoice.subscriptionId().toString(),
                type,
                invoice.version(),
                invoice.tenantId().value(),
                event.at(),
                JSON.writeValueAsString(body));
    }

    /** What every message about an invoice says. */
    record InvoiceV1(
            UUID invoiceId,
            UUID subscriptionId,
            String tenantId,
            String product,
            String kind,
            long periodNumber,
            Instant periodStart,
            Instant periodEnd,
            String plan,
            long planVersion,
            int quantity,
            long amount,
            long taxFreeAmount,
            long vat,
            long discount,
            long creditUsed,
            long creditLeft,
            String currency,
            List<LineV1> lines,
            Instant issuedAt) {

        static InvoiceV1 of(Invoice invoice) {
            return new InvoiceV1(
                    invoice.id().value(),
                    invoice.subscriptionId().value(),
                    invoice.tenantId().value(),
                    invoice.product(),
                    invoice.kind().name(),
                    invoice.period().number(),
                    invoice.period().start(),
                    invoice.period().end(),
                    invoice.terms().plan(),
                    invoice.terms().planVersion(),
                    invoice.terms().quantity(),
                    invoice.total().won(),
                    invoice.amounts().taxFree().won(),
                    invoice.amounts().vat().won(),
                    invoice.amounts().discount().won(),
                    invoice.amounts().creditUsed().won(),
                    invoice.amounts().creditLeft().won(),
                    Money.CURRENCY,
                    invoice.lines().stream().map(LineV1::of).toList(),
                    invoice.issuedAt());
        }
    }

    record LineV1(String kind, String about, int quantity, long unitAmount, long amount) {

        static LineV1 of(InvoiceLine line) {
            return new LineV1(line.kind().name(), line.about(), line.quantity(), line.unitWon(), line.amountWon());
        }
    }

    record IssuedV1(
            @JsonUnwrapped InvoiceV1 invoice, @Nullable UUID billingMethodId, Instant dueAt) {}

    record PaidV1(
            @JsonUnwrapped InvoiceV1 invoice,
            String receiptNumber,
            @Nullable String orderId,
            @Nullable String paymentId,
            @Nullable Boolean livemode,
            Instant paidAt) {

        static PaidV1 of(InvoiceV1 all, Invoice invoice, Instant at) {
            InvoicePayment payment = invoice.payment();
            return new PaidV1(
                    all,
                    Objects.requireNonNull(invoice.receipt()).toString(),
                    payment == null ? null : payment.orderId(),
                    payment == null ? null : payment.paymentId(),
                    payment == null ? null : payment.livemode(),
                    at);
        }
    }

    record VoidedV1(@JsonUnwrapped InvoiceV1 invoice, String outcome, Instant endedAt) {}
}
