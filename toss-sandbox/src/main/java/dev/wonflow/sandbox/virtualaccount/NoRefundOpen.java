package dev.wonflow.sandbox.virtualaccount;

import dev.wonflow.sandbox.error.WrongState;
import dev.wonflow.sandbox.payment.Payment;

/** A refund to be ended that is not there. */
final class NoRefundOpen extends WrongState {

    private static final long serialVersionUID = 1L;

    NoRefundOpen(Payment payment) {
        super(
                "payment " + payment.paymentKey() + ": " + payment.status()
                        + " (expected: a cancelled deposit whose refund is under way; to complete it, one that failed will do)");
    }
}
