package dev.wonflow.payment.refund;

import dev.wonflow.money.Money;
import dev.wonflow.payment.payment.Payment;

/** A refund that the payment does not allow; Toss was not asked. */
public final class RefundRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;
    private final transient Money refundable;

    RefundRefused(Reason reason, Payment payment, Money refundable) {
        super("payment " + payment.id() + " is " + payment.status().text() + ", " + refundable + " refundable: "
                + reason.text);
        this.reason = reason;
        this.refundable = refundable;
    }

    public Reason reason() {
        return reason;
    }

    /** What could be given back at that moment. */
    public Money refundable() {
        return refundable;
    }

    /** Why. */
    public enum Reason {
        NOT_POSSIBLE("it holds no money (expected: paid or partially_refunded)"),
        EXCEEDS_BALANCE("the amount is more than that (expected: at most what no other refund has set aside)"),
        BALANCE_DIFFERS("refundableAmount is another sum (expected: that one)"),
        TAX_FREE_EXCEEDS("taxFreeAmount is more than what would go back (expected: at most that)"),
        ACCOUNT_MISSING("a deposit goes back to an account (expected: refundReceiveAccount)"),
        KEY_REUSED("the Idempotency-Key came with another refund before (expected: a new key)");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
