package dev.wonflow.payment.payment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A confirm, or its opposite, that the payment's state does not allow; no money is taken for it. */
public final class ConfirmRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;
    private final transient @Nullable Duration retryAfter;

    ConfirmRefused(Reason reason, Payment payment) {
        this(reason, payment, null);
    }

    ConfirmRefused(Reason reason, Payment payment, @Nullable Duration retryAfter) {
        super("payment " + payment.id() + " is " + payment.status().text() + ": " + reason.text);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** When the same may be asked again with success; {@code null} if waiting does not help. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public Reason reason() {
        return reason;
    }

    /** Why. */
    public enum Reason {
        AMOUNT_MISMATCH("the amount differs from the order's (expected: the amount the order was made with)"),
        ANOTHER_ATTEMPT_RUNNING("another paymentKey is being confirmed (expected: that one, or a wait)"),
        ACCOUNT_ASKED_FOR("Toss is being asked for a virtual account (expected: that one, or a wait)"),
        ORDER_CLOSED("its order was called off (expected: an order that is still open)"),
        TOO_MANY_ATTEMPTS("too many attempts in a short time (expected: a wait)"),
        NOT_OPEN("it takes no further attempt (expected: requested or failed)"),
        KEY_TAKEN("the paymentKey belongs to another order (expected: the one Toss issued for this order)");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
