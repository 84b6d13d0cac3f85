package dev.wonflow.payment.payment.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wonflow.money.Money;
import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentEvent;
import dev.wonflow.payment.payment.PaymentEvents;
import dev.wonflow.runtime.IdSource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes payment events through the outbox; the one place where domain words become contract words. */
@Component
class OutboxPaymentEvents implements PaymentEvents {

    private static final String TOPIC = "payment.events";

    private final Outbox outbox;
    private final JsonMapper json;
    private final IdSource ids;

    OutboxPaymentEvents(Outbox outbox, JsonMapper json, IdSource ids) {
        this.outbox = outbox;
        this.json = json;
        this.ids = ids;
    }

    @Override
    public void publish(Payment payment, PaymentEvent event) {
        Contract contract = contract(payment, event);
        outbox.append(new OutboxMessage(
                ids.next(),
                TOPIC,
                payment.orderId().value(),
                contract.type(),
                payment.version(),
                payment.purchase().tenantId().value(),
                event.at(),
                json.writeValueAsString(contract.body())));
    }

    /** A message's type and what it carries. */
    record Contract(String type, Object body) {}

    static Contract contract(Payment payment, PaymentEvent event) {
        Head head = new Head(
                payment.id().value(),
                payment.orderId().value(),
                payment.purchase().tenantId().value(),
                payment.purchase().amount().won(),
                Money.CURRENCY,
                payment.livemode());
        String plan = payment.purchase().plan();
        return switch (event) {
            case PaymentEvent.Requested(Instant at) ->
                new Contract(
                        "payment.requested.v1",
                        new RequestedV1(head, payment.purchase().orderName(), plan, at));
            case PaymentEvent.OutcomeUnknown(String cause, Instant at) ->
                new Contract("payment.outcome-unknown.v1", new OutcomeUnknownV1(head, cause, at));
            case PaymentEvent.DepositAwaited(var dueAt, Instant at) ->
                new Contract("payment.waiting-for-deposit.v1", new WaitingForDepositV1(head, dueAt, at));
            case PaymentEvent.Paid(var paymentKey, var method, Instant at) ->
                new Contract(
                        "payment.paid.v1",
                        new PaidV1(head, plan, payment.purchase().planVersion(), paymentKey.value(), method, at));
            case PaymentEvent.Reversed(Instant at) -> new Contract("payment.reversed.v1", new ReversedV1(head, at));
            case PaymentEvent.Failed(var failure, Instant at) ->
                new Contract("payment.failed.v1", new FailedV1(head, failure.code(), failure.message(), at));
            case PaymentEvent.Canceled(var reason, Instant at) ->
                new Contract("payment.canceled.v1", new CanceledV1(head, reason.name(), at));
            case PaymentEvent.Refunded(Money refunded, var origin, Instant at) ->
                new Contract("payment.refunded.v1", new RefundedV1(head, refunded.won(), 0, origin.text(), at));
            case PaymentEvent.PartiallyRefunded(Money refunded, Money balance, var origin, Instant at) ->
                new Contract(
                        "payment.partially-refunded.v1",
                        new RefundedV1(head, refunded.won(), balance.won(), origin.text(), at));
            case PaymentEvent.RemittanceChanged(var remittance, Money refunded, Instant at) ->
                new Contract(
                        "payment.refund-status-changed.v1",
                        new RefundStatusChangedV1(head, remittance.text(), refunded.won(), at));
        };
    }

    /** What every event says of its payment; its fields stand beside the event's own. */
    record Head(UUID paymentId, String orderId, String tenantId, long amount, String currency, boolean livemode) {}

    record RequestedV1(
            @JsonUnwrapped Head head,
            String orderName,
            @Nullable String plan,
            Instant requestedAt) {}

    record OutcomeUnknownV1(@JsonUnwrapped Head head, String cause, Instant unknownSince) {}

    record WaitingForDepositV1(
            @JsonUnwrapped Head head, @Nullable Instant dueAt, Instant waitingSince) {}

    record PaidV1(
            @JsonUnwrapped Head head,
            @Nullable String plan,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long planVersion,

            String paymentKey,
            @Nullable String method,
            Instant approvedAt) {}

    record ReversedV1(@JsonUnwrapped Head head, Instant reversedAt) {}

    record FailedV1(
            @JsonUnwrapped Head head,
            String failureCode,
            @Nullable String failureMessage,
            Instant failedAt) {}

    record CanceledV1(@JsonUnwrapped Head head, String reason, Instant canceledAt) {}

    record RefundStatusChangedV1(
            @JsonUnwrapped Head head, String refundStatus, long refundedAmount, Instant changedAt) {}

    record RefundedV1(
            @JsonUnwrapped Head head, long refundedAmount, long balanceAmount, String origin, Instant refundedAt) {}
}
