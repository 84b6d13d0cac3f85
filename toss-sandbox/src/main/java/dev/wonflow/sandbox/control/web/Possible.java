package dev.wonflow.sandbox.control.web;

import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.instrument.RefundStatus;
import dev.wonflow.sandbox.payment.CancelStatus;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentStatus;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * What can be done with a payment in its present state.
 *
 * @param cancelPart whether a part of it can be given back
 * @param refundAccount whether Toss asks where to send the money
 * @param failRefund whether money is on its way back
 * @param completeRefund whether money is on its way back, or did not arrive
 * @param finishCancel whether the provider overseas owes an answer to a cancel
 */
record Possible(
        boolean authenticate,
        boolean confirm,
        boolean decline,
        boolean deposit,
        boolean reverse,
        boolean cancel,
        boolean cancelPart,
        boolean refundAccount,
        boolean failRefund,
        boolean completeRefund,
        boolean finishCancel) {

    private static final Set<PaymentStatus> PAID = EnumSet.of(PaymentStatus.DONE, PaymentStatus.PARTIAL_CANCELED);

    static Possible with(Payment payment, Instant now) {
        PaymentStatus status = payment.status();
        boolean virtualAccount = payment.instrument() instanceof Instrument.VirtualAccount;
        boolean paid = PAID.contains(status) && payment.amounts().balanceMinor() > 0;
        boolean waiting = status == PaymentStatus.WAITING_FOR_DEPOSIT;
        RefundStatus refund = payment.instrument() instanceof Instrument.VirtualAccount account
                ? account.refundStatus(now)
                : RefundStatus.NONE;
        return new Possible(
                status == PaymentStatus.READY,
                status == PaymentStatus.IN_PROGRESS,
                status == PaymentStatus.READY || status == PaymentStatus.IN_PROGRESS,
                waiting,
                virtualAccount && status == PaymentStatus.DONE,
                paid || waiting,
                paid,
                virtualAccount && paid,
                refund == RefundStatus.PENDING,
                refund != RefundStatus.NONE && refund != RefundStatus.COMPLETED,
                payment.cancels().stream().anyMatch(cancel -> cancel.status() == CancelStatus.IN_PROGRESS));
    }

    public boolean anything() {
        return authenticate || confirm || decline || deposit || reverse || cancel || completeRefund || finishCancel;
    }
}
