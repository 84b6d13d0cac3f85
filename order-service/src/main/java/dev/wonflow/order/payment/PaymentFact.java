package dev.wonflow.order.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be said about a payment of an order. A new kind must be answered in {@code Order.after}. */
public sealed interface PaymentFact {

    Payment payment();

    /** The payment exists; nothing has happened to it. */
    record Requested(Payment payment) implements PaymentFact {}

    /** Toss may or may not have taken the money. */
    record OutcomeUnknown(Payment payment) implements PaymentFact {}

    /**
     * The buyer chose a virtual account.
     *
     * @param dueAt until when the deposit is taken, if Toss said so
     */
    record WaitingForDeposit(Payment payment, @Nullable Instant dueAt) implements PaymentFact {}

    record Paid(Payment payment, Instant at) implements PaymentFact {}

    /** A deposit was taken back; the payment waits again. */
    record Reversed(Payment payment, Instant at) implements PaymentFact {}

    /**
     * The payment came to nothing.
     *
     * @param code of Toss, or ours such as {@code EXPIRED}; new ones appear without notice
     */
    record Failed(Payment payment, String code, @Nullable String message, Instant at) implements PaymentFact {}

    /** It ended before anything was paid, and the order ends with it. */
    record Canceled(Payment payment, Cause cause, Instant at) implements PaymentFact {

        /** The buyer called it off. */
        public Canceled(Payment payment, Instant at) {
            this(payment, Cause.BUYER_CANCELED, at);
        }

        /** Why it ended. */
        public enum Cause {
            /** The buyer, or what acts for the buyer, called it off. */
            BUYER_CANCELED,
            /** It asked for a plan that is not sold for its amount. */
            NOT_ON_SALE
        }
    }

    /** Nothing is left of what was paid. */
    record Refunded(Payment payment, Instant at) implements PaymentFact {}

    record PartiallyRefunded(Payment payment) implements PaymentFact {}
}
