package dev.wonflow.sandbox.control.web;

import dev.wonflow.sandbox.payment.Instrument;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentStatus;
import java.util.EnumSet;
import java.util.Set;

/**
 * What can be done with a payment in its present state.
 *
 * @param cancelPart whether a part of it can be given back
 * @param refundAccount whether Toss asks where to send the money
 */
record Possible(
        boolean authenticate,
        boolean confirm,
        boolean decline,
        boolean deposit,
        boolean reverse,
        boolean cancel,
        boolean cancelPart,
        boolean refundAccount) {

    private static final Set<PaymentStatus> PAID = EnumSet.of(PaymentStatus.DONE, PaymentStatus.PARTIAL_CANCELED);

    static Possible with(Payment payment) {
        PaymentStatus status = payment.status();
        boolean virtualAccount = payment.instrument() instanceof Instrument.VirtualAccount;
        boolean paid = PAID.contains(status) && payment.amounts().balanceWon() > 0;
        boolean waiting = status == PaymentStatus.WAITING_FOR_DEPOSIT;
        return new Possible(
                status == PaymentStatus.READY,
                status == PaymentStatus.IN_PROGRESS,
                status == PaymentStatus.READY || status == PaymentStatus.IN_PROGRESS,
                waiting,
                virtualAccount && status == PaymentStatus.DONE,
                paid || waiting,
                paid,
                virtualAccount && paid);
    }

    public boolean anything() {
        return authenticate || confirm || decline || deposit || reverse || cancel;
    }
}
