package dev.wonflow.sandbox.payment;

/** A cancel that is to be finished and is not in progress. */
public final class NoCancelRunning extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoCancelRunning(String paymentKey) {
        super("payment " + paymentKey
                + ": no such cancel in progress (expected: one whose cancelStatus is IN_PROGRESS)");
    }
}
