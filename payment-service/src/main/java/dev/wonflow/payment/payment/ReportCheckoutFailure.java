package dev.wonflow.payment.payment;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.runtime.TenantId;
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
     * @throws ConfirmRefused if the payment is being confirmed or has been
     */
    public Payment report(TenantId tenantId, OrderId orderId, Failure reason) {
        return transaction.execute(_ -> {
            Payment payment = payments.findAndHoldByPurchaseOrderId(orderId)
                    .filter(found -> found.purchase().tenantId().equals(tenantId))
                    .orElseThrow(() -> new PaymentNotFound(orderId));
            return switch (payment.status()) {
                case REQUESTED, FAILED -> ended(payment, reason);
                // The page was loaded again.
                case CANCELED -> payment;
                case CONFIRMING, UNKNOWN, WAITING_FOR_DEPOSIT, PAID, PARTIALLY_REFUNDED, REFUNDED ->
                    throw new ConfirmRefused(ConfirmRefused.Reason.NOT_OPEN, payment);
            };
        });
    }

    private Payment ended(Payment payment, Failure reason) {
        if (reason.code().equals(BUYER_CANCELED)) {
            return changes.save(payment.canceled(PaymentEvent.CancelReason.PAY_PROCESS_CANCELED, clock.instant()));
        }
        Failure known = payment.failure();
        boolean told = known != null && known.code().equals(reason.code());
        return told ? payment : changes.save(payment.failed(reason, clock.instant()));
    }
}
