package dev.wonflow.payment.payment.web;

import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.payment.Payment;
import org.jspecify.annotations.Nullable;

/** A confirm that ended in a decline, on its way to becoming a problem. */
final class PaymentDeclined extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Failure failure;

    PaymentDeclined(Payment payment) {
        super("payment " + payment.id() + " took no money; another attempt is possible");
        this.failure = payment.failure();
    }

    @Nullable
    Failure failure() {
        return failure;
    }
}
