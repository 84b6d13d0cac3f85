package dev.wonflow.payment.billing;

import dev.wonflow.payment.gateway.Failure;
import org.jspecify.annotations.Nullable;

/** A billing method that was not registered, for certain. */
public final class BillingRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;
    private final transient @Nullable Failure failure;

    BillingRefused(Reason reason, @Nullable Failure failure) {
        super(reason.text);
        this.reason = reason;
        this.failure = failure;
    }

    public Reason reason() {
        return reason;
    }

    /** What Toss said, if it was asked. */
    public @Nullable Failure failure() {
        return failure;
    }

    /** Why. */
    public enum Reason {
        CUSTOMER_KEY_DIFFERS(
                "customerKey: not the tenant's (expected: the one of POST /api/billing-methods/toss/window)"),
        AUTHORIZATION_USED("authKey: its billing method was removed (expected: one of a new billing window)"),
        DECLINED("authKey: refused by Toss (expected: another try in a new billing window)");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
