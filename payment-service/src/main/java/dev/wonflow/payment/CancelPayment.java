package dev.wonflow.payment;

import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Ends the payment of a cancelled order, if no money can have moved. */
@Service
public class CancelPayment {

    private final Payments payments;
    private final Steps steps;
    private final Clock clock;
    private final TransactionOperations transaction;

    CancelPayment(Payments payments, Steps steps, Clock clock, TransactionOperations transaction) {
        this.payments = payments;
        this.steps = steps;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Joins the caller's transaction if there is one. A payment that was ever sent to Toss and not refused stays. */
    public void orderCancelled(OrderId orderId) {
        transaction.executeWithoutResult(_ -> payments.findAndHoldByPurchaseOrderId(orderId)
                .filter(CancelPayment::hasMovedNothing)
                .ifPresent(payment ->
                        steps.take(payment.canceled(PaymentEvent.CancelReason.ORDER_CANCELLED, clock.instant()))));
    }

    private static boolean hasMovedNothing(Payment payment) {
        return switch (payment.status()) {
            case REQUESTED, FAILED -> true;
            case CONFIRMING, UNKNOWN, WAITING_FOR_DEPOSIT, PAID, CANCELED, PARTIALLY_REFUNDED, REFUNDED -> false;
        };
    }
}
