package dev.wonflow.payment.stray.messaging;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wonflow.money.Money;
import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.stray.StrayCapture;
import dev.wonflow.payment.stray.StrayEvents;
import dev.wonflow.runtime.IdSource;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes what became of stray captures through the outbox, beside the events of their payments. */
@Component
class OutboxStrayEvents implements StrayEvents {

    private static final String TOPIC = "payment.events";
    private static final String TYPE = "payment.stray-capture-refunded.v1";

    private final Outbox outbox;
    private final JsonMapper json;
    private final IdSource ids;

    OutboxStrayEvents(Outbox outbox, JsonMapper json, IdSource ids) {
        this.outbox = outbox;
        this.json = json;
        this.ids = ids;
    }

    @Override
    public void refunded(Payment payment, StrayCapture stray) {
        outbox.append(new OutboxMessage(
                ids.next(),
                TOPIC,
                payment.orderId().value(),
                TYPE,
                payment.version(),
                payment.purchase().tenantId().value(),
                stray.changedAt(),
                json.writeValueAsString(body(payment, stray))));
    }

    static StrayCaptureRefundedV1 body(Payment payment, StrayCapture stray) {
        return new StrayCaptureRefundedV1(
                new Head(
                        payment.id().value(),
                        payment.orderId().value(),
                        payment.purchase().tenantId().value(),
                        payment.purchase().amount().won(),
                        Money.CURRENCY,
                        payment.livemode()),
                stray.id().value(),
                stray.paymentKey().value(),
                stray.reason().text(),
                stray.amount().won(),
                Objects.requireNonNull(stray.origin()).text(),
                stray.foundAt(),
                stray.changedAt());
    }

    /** What every event says of its payment; its fields stand beside the event's own. */
    record Head(UUID paymentId, String orderId, String tenantId, long amount, String currency, boolean livemode) {}

    record StrayCaptureRefundedV1(
            @JsonUnwrapped Head head,
            UUID strayCaptureId,
            String paymentKey,
            String reason,
            long refundedAmount,
            String origin,
            Instant foundAt,
            Instant refundedAt) {}
}
