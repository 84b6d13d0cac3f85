package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.error.WrongState;

/** A payment without the cash receipt that is to be decided about. */
public final class NoReceipt extends WrongState {

    private static final long serialVersionUID = 1L;

    NoReceipt(String paymentKey) {
        super("payment " + paymentKey + ": no such cash receipt (expected: one with a receipt)");
    }
}
