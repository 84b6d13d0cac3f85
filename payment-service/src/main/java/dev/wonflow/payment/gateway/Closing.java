package dev.wonflow.payment.gateway;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;

/**
 * The intent to close a virtual account, stored before Toss is called.
 *
 * @param number counts the intents of one account: Toss replays the answer of a key for 15 days, so one that was
 *     answered with a refusal needs a new key
 */
public record Closing(PaymentId paymentId, PaymentKey paymentKey, OrderId orderId, int number) {

    /** At most 281 of the 300 characters Toss takes. */
    public String idempotencyKey() {
        return "close:" + orderId + ":" + paymentKey + ":" + number;
    }
}
