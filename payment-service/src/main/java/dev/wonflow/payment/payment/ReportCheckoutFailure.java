package dev.wonflow.payment.payment;

import dev.wonflow.access.Caller;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.gateway.Failure;
import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Takes in that the payment window ended without a payment: the buyer left it, or it failed. */
@Service
public class ReportCheckoutFailure {

    /** Toss's code for a buyer who closed the window. */
    private static final String BUYER_CANCELED = "PAY_PROCESS_CANCELED";

    private final Payments payments;
    private final Changes changes;
    private final Clock clock;
    private final TransactionOperations transaction;

    ReportCheckoutFailure(Payments payments, Changes changes, Clock clock, TransactionOperations transaction) {
        this.payments = payments;
        this.changes = changes;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * Cancels or fails the payment. Who says so is a browser, so nothing that Toss may have charged is touched.
     *
     * @throws PaymentNotFound if the tenant has no such order
     * @throws ConfirmRefused if the payment is being confirmed or has been, or Toss is asked for an account for it
     */
    public Payment report(Caller caller, OrderId orderId, Failure reason) {
        return transaction.execute(_ -> {
            Payment payment = payments.findAndHoldByPurchaseOrderId(orderId)
                    .filter(found -> found.purchase().tenantId().equals(caller.tenant()))
                    .orElseThrow(() -> new PaymentNotFound(orderId));
            return switch (payment.status()) {
                case REQUESTED, FAILED -> {
                    if (payment.isAccountAsked()) {
                        throw new ConfirmRefused(ConfirmRefused.Reason.ACCOUNT_ASKED_FOR, payment);
                    }
                    yield ended(caller, payment, reason);
                }
                // The page was loaded again.
                case CANCELED -> payment;
                case CONFIRMING, UNKNOWN, WAITING_FOR_DEPOSIT, PAID, PARTIALLY_REFUNDED, REFUNDED ->
                    throw new ConfirmRefused(ConfirmRefused.Reason.NOT_OPEN, payment);
            };
        });
    }

    private Payment ended(Caller caller, Payment payment, Failure reason) {
        boolean left = reason.code().equals(BUYER_CANCELED);
        Failure known = payment.failure();
        if (!left && known != null && known.code().equals(reason.code())) {
            return payment;
        }
        Payment ended = changes.save(
                left
                        ? payment.canceled(PaymentEvent.CancelReason.PAY_PROCESS_CANCELED, clock.instant())
                        : payment.failed(reason, clock.instant()));
        changes.audit(caller, "payment.fail", payment, ended, reason.code());
        return ended;
    }
}
