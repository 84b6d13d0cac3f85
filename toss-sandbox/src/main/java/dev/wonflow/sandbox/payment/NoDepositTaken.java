package dev.wonflow.sandbox.payment;

/** A deposit the bank refuses. */
public final class NoDepositTaken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoDepositTaken(Payment payment) {
        super("payment " + payment.paymentKey() + ": " + payment.status()
                + " (expected: WAITING_FOR_DEPOSIT, before the account's due date)");
    }
}
