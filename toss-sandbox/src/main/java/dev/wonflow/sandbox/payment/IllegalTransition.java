package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.error.WrongState;

/** A step the life of a payment does not have. */
public final class IllegalTransition extends WrongState {

    private static final long serialVersionUID = 1L;

    IllegalTransition(String paymentKey, PaymentStatus from, PaymentStatus to) {
        super("payment " + paymentKey + ": " + from + " -> " + to + " (expected: one of " + from.next() + ")");
    }
}
