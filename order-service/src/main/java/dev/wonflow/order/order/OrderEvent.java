package dev.wonflow.order.order;

import dev.wonflow.money.Money;
import java.time.Instant;
import java.util.UUID;

/** What happened to an order. */
public sealed interface OrderEvent {

    Instant at();

    record Placed(Instant at) implements OrderEvent {}

    record Confirmed(UUID paymentId, Money amount, boolean livemode, Instant at) implements OrderEvent {}

    record Held(UUID paymentId, HoldReason reason, Instant at) implements OrderEvent {}

    /** Why an order is held. The names are published. */
    enum HoldReason {
        /** A deposit was taken back by the bank. */
        PAYMENT_REVERSED,
        /** Money came after the order was cancelled; it has to be refunded. */
        PAID_AFTER_CANCELLATION
    }

    record Cancelled(CancelReason reason, Instant at) implements OrderEvent {}

    record Shipped(Instant at) implements OrderEvent {}
}
