package dev.wonflow.payment.payment;

import dev.wonflow.payment.gateway.GatewayPayment;
import java.time.Instant;

/** The cash receipts of payments, as Toss tells of them. */
@FunctionalInterface
public interface CashReceipts {

    /**
     * Takes note of the receipts of a payment, in the transaction that holds it, and sees to it that Toss is asked
     * again about what has not come to its end.
     *
     * @param seen the payment at Toss; of this order and amount
     * @return the payment as it is stored afterwards
     */
    Payment note(Payment payment, GatewayPayment seen, Instant now);
}
