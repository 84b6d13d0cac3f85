package dev.wonflow.payment.payment;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.GatewayPayment;
import java.time.Instant;
import java.util.List;

/** What has gone back, as Toss tells it: each cancel is known once. */
@FunctionalInterface
public interface Cancels {

    /** A cancel nobody here knew to be done. */
    record Noted(Money amount, RefundOrigin origin) {}

    /**
     * Takes note of the cancels of a payment, in the transaction that holds it.
     *
     * @param seen the payment at Toss; of this order and amount
     * @return those that are new, in the order they were made
     */
    List<Noted> note(Payment payment, GatewayPayment seen, Instant now);
}
