package dev.wonflow.payment;

/** A confirm, or its opposite, that the payment's state does not allow; Toss was not called. */
public final class ConfirmRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    ConfirmRefused(Reason reason, Payment payment) {
        super("payment " + payment.id() + " is " + payment.status().text() + ": " + reason.text);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why. */
    public enum Reason {
        AMOUNT_MISMATCH("the amount differs from the order's (expected: the amount the order was made with)"),
        ANOTHER_TRY_RUNNING("another paymentKey is being confirmed (expected: that one, or a wait)"),
        NOT_OPEN("it takes no further try (expected: requested or failed)"),
        KEY_TAKEN("the paymentKey belongs to another order (expected: the one Toss issued for this order)");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
