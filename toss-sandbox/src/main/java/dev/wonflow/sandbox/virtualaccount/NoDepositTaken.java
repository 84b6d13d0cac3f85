package dev.wonflow.sandbox.virtualaccount;

import dev.wonflow.sandbox.error.WrongState;
import dev.wonflow.sandbox.payment.Payment;

/** A deposit the bank refuses, or one that is not there to be taken back. */
public final class NoDepositTaken extends WrongState {

    private static final long serialVersionUID = 1L;

    NoDepositTaken(Payment payment) {
        super("payment " + payment.paymentKey() + ": " + payment.status()
                + " (expected: WAITING_FOR_DEPOSIT, before the account's due date, and exactly "
                + payment.session().amountMinor() + " won; or DONE by virtual account, to take a deposit back)");
    }
}
