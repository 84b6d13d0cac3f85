package dev.wonflow.payment.receipt;

import dev.wonflow.payment.payment.Payment;

/** A cash receipt that the payment does not allow; Toss was not asked. */
public final class ReceiptRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    ReceiptRefused(Reason reason, Payment payment) {
        super("payment " + payment.id() + " is " + payment.status().text() + ": " + reason.text);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why. */
    public enum Reason {
        NOT_POSSIBLE("a receipt is for money of a transfer or a deposit (expected: such a payment, and money left)"),
        EXISTS("it has a receipt, or one is being asked for (expected: none)"),
        KEY_REUSED("the Idempotency-Key came with another receipt before (expected: a new key)");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
