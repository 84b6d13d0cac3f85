package dev.wonflow.subscription.invoice.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.invoice.Amounts;
import dev.wonflow.subscription.invoice.CreditNote;
import dev.wonflow.subscription.invoice.DocumentNumber;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceEvent;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.invoice.InvoiceLine;
import dev.wonflow.subscription.invoice.InvoicePayment;
import dev.wonflow.subscription.invoice.InvoiceStatus;
import dev.wonflow.subscription.invoice.LineKind;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.Terms;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InvoiceContractTest {

    private static final Instant ISSUED = Instant.parse("2026-02-05T03:01:32Z");
    private static final Instant PAID = Instant.parse("2026-02-05T03:01:34Z");

    @Test
    void invoices_are_written_as_the_samples() {
        OutboxMessage issued = message(invoice(InvoiceStatus.OPEN, null, null), new InvoiceEvent.Issued(ISSUED));
        OutboxMessage paid = message(
                invoice(
                        InvoiceStatus.PAID,
                        new InvoicePayment(
                                "019b8c20-2238-73c4-af0b-6d4c8e91a012", "chg_019b8c201a6873c4af0b6d4c8e91a010", false),
                        new DocumentNumber(2026, 42)),
                new InvoiceEvent.Paid(PAID));
        OutboxMessage voided = message(
                invoice(InvoiceStatus.VOID, null, null),
                new InvoiceEvent.Voided(Instant.parse("2026-02-06T00:00:00Z")));

        ContractSamples.of("invoice.issued.v1", "seats-coupon-and-credit").assertWrittenAs(issued.payload());
        ContractSamples.of("invoice.paid.v1", "seats-coupon-and-credit").assertWrittenAs(paid.payload());
        ContractSamples.of("invoice.voided.v1", "void").assertWrittenAs(voided.payload());
        assertThat(List.of(issued, paid, voided))
                .allSatisfy(message -> assertThat(message)
                        .returns("subscription.events", OutboxMessage::topic)
                        .returns("019b8c1a-b840-73c4-af0b-6d4c8e91a005", OutboxMessage::key)
                        .returns("hanbit-studio", OutboxMessage::tenantId)
                        .returns(2L, OutboxMessage::sequence));
    }

    @Test
    void credit_note_is_written_as_the_sample() {
        Invoice paid = invoice(
                InvoiceStatus.PAID,
                new InvoicePayment(
                        "019b8c20-2238-73c4-af0b-6d4c8e91a012", "chg_019b8c201a6873c4af0b6d4c8e91a010", false),
                new DocumentNumber(2026, 42));

        OutboxMessage message = OutboxCreditNoteEvents.message(
                new CreditNote(
                        UUID.fromString("019b8c30-0000-73c4-af0b-6d4c8e91a030"),
                        new DocumentNumber(2026, 1),
                        paid.id(),
                        Money.ofWon(34_900),
                        Money.ofWon(3_173),
                        "refunded",
                        Instant.parse("2026-02-07T00:00:00Z")),
                paid);

        ContractSamples.of("invoice.credit-note-issued.v1", "refunded").assertWrittenAs(message.payload());
        assertThat(message)
                .returns("subscription.events", OutboxMessage::topic)
                .returns("019b8c1a-b840-73c4-af0b-6d4c8e91a005", OutboxMessage::key);
    }

    private static OutboxMessage message(Invoice invoice, InvoiceEvent event) {
        return OutboxInvoiceEvents.message(SequentialIds.id(1), invoice, event);
    }

    private static Invoice invoice(
            InvoiceStatus status, @Nullable InvoicePayment payment, @Nullable DocumentNumber receipt) {
        return new Invoice(
                new InvoiceId(UUID.fromString("019b8c20-1000-73c4-af0b-6d4c8e91a020")),
                new SubscriptionId(UUID.fromString("019b8c1a-b840-73c4-af0b-6d4c8e91a005")),
                new TenantId("hanbit-studio"),
                "default",
                null,
                new Terms("team", 1, 7),
                new Period(1, ISSUED, Instant.parse("2026-03-05T03:01:32Z"), Money.ofWon(35_100)),
                status,
                new Amounts(
                        Money.ofWon(34_900),
                        Money.ZERO,
                        Money.ofWon(3_173),
                        Money.ofWon(3_900),
                        Money.ofWon(200),
                        Money.ZERO),
                List.of(
                        new InvoiceLine(LineKind.PLAN, "팀", 1, 29_000, 29_000),
                        new InvoiceLine(LineKind.SEATS, "팀", 2, 5_000, 10_000),
                        new InvoiceLine(LineKind.DISCOUNT, "SPRING", 1, -3_900, -3_900),
                        new InvoiceLine(LineKind.CREDIT, "credit", 1, -200, -200)),
                UUID.fromString("019b8c1f-c0b8-73c4-af0b-6d4c8e91a011"),
                Money.ZERO,
                ISSUED,
                ISSUED,
                payment == null ? null : PAID,
                null,
                payment,
                receipt,
                2);
    }
}
