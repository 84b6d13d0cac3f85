package dev.wonflow.payment.receipt;

import dev.wonflow.payment.payment.Payment;

/** Tells the world, in the caller's transaction. */
@FunctionalInterface
public interface ReceiptEvents {

    /**
     * Publishes how a receipt stands.
     *
     * @param payment as stored, with a version of its own for this event
     */
    void publish(Payment payment, CashReceipt receipt);
}
