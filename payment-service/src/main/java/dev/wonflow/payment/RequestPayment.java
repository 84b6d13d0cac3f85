package dev.wonflow.payment;

import dev.wonflow.runtime.IdSource;
import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Creates the payment of an order. */
@Service
public class RequestPayment {

    private final Payments payments;
    private final ClosedOrders closedOrders;
    private final Steps steps;
    private final Merchant merchant;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionOperations transaction;

    RequestPayment(
            Payments payments,
            ClosedOrders closedOrders,
            Steps steps,
            Merchant merchant,
            IdSource ids,
            Clock clock,
            TransactionOperations transaction) {
        this.payments = payments;
        this.closedOrders = closedOrders;
        this.steps = steps;
        this.merchant = merchant;
        this.ids = ids;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Joins the caller's transaction if there is one. An order that has a payment keeps the one it has. */
    public Payment request(Purchase purchase) {
        return transaction.execute(_ -> payments.findByPurchaseOrderId(purchase.orderId())
                .orElseGet(() -> endedIfClosed(steps.take(Payment.requested(
                        new PaymentId(ids.next()), purchase, merchant.livemode(), clock.instant())))));
    }

    private Payment endedIfClosed(Payment payment) {
        return closedOrders
                .closedAt(payment.orderId())
                .map(closedAt -> steps.take(payment.orderClosed(closedAt)
                        .canceled(PaymentEvent.CancelReason.ORDER_CANCELLED, clock.instant())))
                .orElse(payment);
    }
}
