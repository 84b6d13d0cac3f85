package dev.wonflow.order.order;

import dev.wonflow.order.OrderId;

/** An order that cannot be cancelled just now, because of its money. */
public final class CancelRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is in the way. */
    public enum Cause {
        /** We do not know yet whether the buyer has paid. */
        CHECKING,
        /** The buyer has paid, so the money has to go back first. */
        PAID
    }

    private final Cause why;

    CancelRefused(OrderId id, Cause why) {
        super("order " + id + ": "
                + switch (why) {
                    case CHECKING -> "its payment is being checked (expected: a definite outcome first)";
                    case PAID -> "paid (expected: a full refund, which also cancels the order)";
                });
        this.why = why;
    }

    public Cause why() {
        return why;
    }
}
