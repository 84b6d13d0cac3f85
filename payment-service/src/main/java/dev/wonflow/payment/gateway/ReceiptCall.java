package dev.wonflow.payment.gateway;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import java.util.UUID;

/** One call about a cash receipt, stored before Toss is called. */
public sealed interface ReceiptCall {

    /** What the call is for. */
    UUID requestId();

    /** Counts the calls of one request that need a key of their own: Toss repeats the answer of a key for 15 days. */
    int number();

    OrderId orderId();

    Money amount();

    /** At most 62 of the 300 characters Toss takes. */
    default String idempotencyKey() {
        return "cash-receipt:" + requestId() + ":" + number();
    }

    /**
     * Asks for a receipt. Toss issues none for an order that has one.
     *
     * @param taxFree part of the amount that carried no VAT
     */
    record Issue(
            UUID requestId,
            int number,
            OrderId orderId,
            String orderName,
            ReceiptType type,
            ReceiptNumber customer,
            Money amount,
            Money taxFree)
            implements ReceiptCall {}

    /**
     * Takes a receipt back, as a whole or in part.
     *
     * @param receiptKey that of the receipt
     */
    record Cancel(UUID requestId, int number, OrderId orderId, String receiptKey, Money amount)
            implements ReceiptCall {}
}
