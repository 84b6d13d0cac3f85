package dev.wonflow.payment.charge.messaging;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wonflow.money.Money;
import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.payment.charge.Charge;
import dev.wonflow.payment.charge.ChargeEvent;
import dev.wonflow.payment.charge.ChargeEvents;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.runtime.IdSource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes what became of charges through the outbox, beside the events of their payments. */
@Component
class OutboxChargeEvents implements ChargeEvents {

    private static final String TOPIC = "payment.events";

    private final Outbox outbox;
    private final JsonMapper json;
    private final Merchant merchant;
    private final IdSource ids;

    OutboxChargeEvents(Outbox outbox, JsonMapper json, Merchant merchant, IdSource ids) {
        this.outbox = outbox;
        this.json = json;
        this.merchant = merchant;
        this.ids = ids;
    }

    @Override
    public void publish(Charge charge, ChargeEvent event) {
        Contract contract = contract(charge, event, merchant.livemode());
        outbox.append(new OutboxMessage(
                ids.next(),
                TOPIC,
                charge.orderId().value(),
                contract.type(),
                charge.version(),
                charge.tenantId().value(),
                event.at(),
                json.writeValueAsString(contract.body())));
    }

    /** A message's type and what it carries. */
    record Contract(String type, Object body) {}

    static Contract contract(Charge charge, ChargeEvent event, boolean livemode) {
        Head head = new Head(
                charge.id().value(),
                charge.orderId().value(),
                charge.tenantId().value(),
                charge.methodId().value(),
                charge.amount().won(),
                Money.CURRENCY,
                livemode);
        return switch (event) {
            case ChargeEvent.Paid(var payment, Instant at) ->
                new Contract("payment.charge-paid.v1", new ChargePaidV1(head, payment.value(), at));
            case ChargeEvent.Failed(var failure, var remedy, Instant at) ->
                new Contract(
                        "payment.charge-failed.v1",
                        new ChargeFailedV1(head, failure.code(), failure.message(), remedy.name(), at));
            case ChargeEvent.OutcomeUnknown(String cause, Instant at) ->
                new Contract("payment.charge-unknown.v1", new ChargeUnknownV1(head, cause, at));
        };
    }

    /** What every event says of its charge; its fields stand beside the event's own. */
    record Head(
            UUID chargeId,
            String orderId,
            String tenantId,
            UUID billingMethodId,
            long amount,
            String currency,
            boolean livemode) {}

    record ChargePaidV1(@JsonUnwrapped Head head, UUID paymentId, Instant paidAt) {}

    record ChargeFailedV1(
            @JsonUnwrapped Head head,
            String failureCode,
            @Nullable String failureMessage,
            String remedy,
            Instant failedAt) {}

    record ChargeUnknownV1(@JsonUnwrapped Head head, String cause, Instant unknownSince) {}
}
