package dev.wonflow.payment.receipt.messaging;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wonflow.money.Money;
import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.receipt.CashReceipt;
import dev.wonflow.payment.receipt.ReceiptEvents;
import dev.wonflow.runtime.IdSource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes how cash receipts stand through the outbox, beside the events of their payments. */
@Component
class OutboxReceiptEvents implements ReceiptEvents {

    private static final String TOPIC = "payment.events";
    private static final String TYPE = "payment.cash-receipt-changed.v1";

    private final Outbox outbox;
    private final JsonMapper json;
    private final IdSource ids;

    OutboxReceiptEvents(Outbox outbox, JsonMapper json, IdSource ids) {
        this.outbox = outbox;
        this.json = json;
        this.ids = ids;
    }

    @Override
    public void publish(Payment payment, CashReceipt receipt) {
        outbox.append(new OutboxMessage(
                ids.next(),
                TOPIC,
                payment.orderId().value(),
                TYPE,
                payment.version(),
                payment.purchase().tenantId().value(),
                receipt.changedAt(),
                json.writeValueAsString(body(payment, receipt))));
    }

    static CashReceiptChangedV1 body(Payment payment, CashReceipt receipt) {
        GatewayReceipt told = receipt.told();
        return new CashReceiptChangedV1(
                new Head(
                        payment.id().value(),
                        payment.orderId().value(),
                        payment.purchase().tenantId().value(),
                        payment.purchase().amount().won(),
                        Money.CURRENCY,
                        payment.livemode()),
                told.receiptKey(),
                told.kind().name(),
                told.type(),
                told.amount().won(),
                told.taxFree().won(),
                told.issueNumber(),
                told.receiptUrl(),
                told.status() == null ? null : told.status().name(),
                told.failureCode(),
                told.failureReason(),
                told.requestedAt(),
                receipt.changedAt());
    }

    /** What every event says of its payment; its fields stand beside the event's own. */
    record Head(UUID paymentId, String orderId, String tenantId, long amount, String currency, boolean livemode) {}

    record CashReceiptChangedV1(
            @JsonUnwrapped Head head,
            String receiptKey,
            String transactionType,
            String receiptType,
            long receiptAmount,
            long taxFreeAmount,
            @Nullable String issueNumber,
            @Nullable String receiptUrl,
            @Nullable String issueStatus,
            @Nullable String failureCode,
            @Nullable String failureReason,
            Instant requestedAt,
            Instant changedAt) {}
}
