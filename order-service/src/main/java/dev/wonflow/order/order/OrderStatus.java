package dev.wonflow.order.order;

import java.util.EnumSet;
import java.util.Set;

/** Where an order is in its life. Stored by name, so renaming a constant needs a migration. */
public enum OrderStatus {
    /** Waits for its payment. */
    PENDING,
    /** Paid. */
    CONFIRMED,
    /**
     * A person has to look. The money was taken back: a virtual account's deposit can be reversed. Or money came after
     * the order was cancelled, and has to be given back.
     */
    ON_HOLD,
    /** On its way to the buyer. */
    SHIPPED,
    /** Cancelled, for one of the reasons of {@link CancelReason}. Never paid for again. */
    CANCELLED;

    /** Every legal step, on one screen. A constant without a case here does not compile. */
    Set<OrderStatus> next() {
        return switch (this) {
            case PENDING -> EnumSet.of(CONFIRMED, CANCELLED);
            case CONFIRMED -> EnumSet.of(ON_HOLD, SHIPPED, CANCELLED);
            case ON_HOLD -> EnumSet.of(CONFIRMED, CANCELLED);
            // Goods sent back: the refund of a shipped order ends it.
            case SHIPPED -> EnumSet.of(CANCELLED);
            // Money that came all the same is held, and the order with it, until it has gone back.
            case CANCELLED -> EnumSet.of(ON_HOLD);
        };
    }
}
