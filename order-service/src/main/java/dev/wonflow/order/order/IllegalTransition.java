package dev.wonflow.order.order;

import dev.wonflow.order.OrderId;

/** A step the life cycle of an order does not have. */
public final class IllegalTransition extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IllegalTransition(OrderId id, OrderStatus from, OrderStatus to) {
        super("order " + id + ": " + from + " -> " + to + " (expected: one of " + from.next() + ")");
    }
}
