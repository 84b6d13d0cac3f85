package dev.wonflow.payment.gateway;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import java.time.Instant;

/**
 * One attempt to take the money, stored before Toss is called.
 *
 * @param amount what is sent to Toss: the stored sum, never the browser's
 */
public record Attempt(PaymentId paymentId, PaymentKey paymentKey, OrderId orderId, Money amount, Instant startedAt) {

    /**
     * Bound to the attempt and not to the order: Toss replays the answer of a key for 15 days, and the next attempt
     * must not be answered with this one's decline. At most 265 of the 300 characters Toss takes.
     */
    public String idempotencyKey() {
        return orderId + ":" + paymentKey;
    }
}
