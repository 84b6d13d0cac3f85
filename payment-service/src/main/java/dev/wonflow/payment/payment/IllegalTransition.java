package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentId;

/** A step the life cycle does not have. */
public final class IllegalTransition extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IllegalTransition(PaymentId payment, PaymentStatus from, PaymentStatus to) {
        super("payment " + payment + ": " + from + " -> " + to + " (expected: one of " + from.next() + ")");
    }
}
