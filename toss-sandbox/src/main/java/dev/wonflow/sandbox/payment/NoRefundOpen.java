package dev.wonflow.sandbox.payment;

/** A refund to be ended that is not there. */
public final class NoRefundOpen extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoRefundOpen(Payment payment) {
        super(
                "payment " + payment.paymentKey() + ": " + payment.status()
                        + " (expected: a cancelled deposit whose refund is under way; to complete it, one that failed will do)");
    }
}
