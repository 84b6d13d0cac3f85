package dev.wonflow.payment.payment;

import dev.wonflow.payment.OrderId;
import java.time.Instant;
import java.util.Optional;

/**
 * Orders called off before we knew them: their announcement was a dead letter and may still be redriven. In the
 * caller's transaction. Both messages have the order's key, so that no two transactions work on one order at once.
 */
public interface ClosedOrders {

    void remember(OrderId orderId, Instant now);

    Optional<Instant> closedAt(OrderId orderId);
}
