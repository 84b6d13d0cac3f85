package dev.wonflow.payment.payment;

/** A payment has no virtual account, or none that is known yet. */
public final class AccountNotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AccountNotFound(Payment payment) {
        super("payment " + payment.id() + " is " + payment.status().text()
                + ": no virtual account is known (expected: one that was opened for it)");
    }
}
