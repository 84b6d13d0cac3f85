package dev.wonflow.payment.gateway.books;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentKey;
import java.time.Instant;

/**
 * One movement of money, as Toss lists it.
 *
 * @param key unique among all transactions
 */
public record TossTransaction(String key, OrderId orderId, PaymentKey paymentKey, Kind kind, Money amount, Instant at) {

    /** Which way the money went, and why. */
    public enum Kind {
        CAPTURE,
        /** A bank took a deposit back. */
        REVERSAL,
        REFUND
    }
}
