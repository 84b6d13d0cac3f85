package dev.wonflow.sandbox.cancel;

import dev.wonflow.sandbox.error.WrongState;

/** A cancel that is to be finished and is not in progress. */
final class NoCancelRunning extends WrongState {

    private static final long serialVersionUID = 1L;

    NoCancelRunning(String paymentKey) {
        super("payment " + paymentKey
                + ": no such cancel in progress (expected: one whose cancelStatus is IN_PROGRESS)");
    }
}
