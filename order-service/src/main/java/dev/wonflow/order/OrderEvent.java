package dev.wonflow.order;

import dev.wonflow.money.Money;
import java.time.Instant;
import java.util.UUID;

/** What happened to an order. */
public sealed interface OrderEvent {

    Instant at();

    record Placed(Instant at) implements OrderEvent {}

    record Confirmed(UUID paymentId, Money amount, boolean livemode, Instant at) implements OrderEvent {}

    record Held(UUID paymentId, Instant at) implements OrderEvent {}

    record Cancelled(CancelReason reason, Instant at) implements OrderEvent {}

    record Shipped(Instant at) implements OrderEvent {}
}
