package dev.wonflow.order.payment;

import dev.wonflow.order.OrderId;
import java.util.List;

/** What orders remember about their payments. */
public interface PaymentLog {

    /**
     * Remembers the newest fact of a payment that was applied, in the caller's transaction.
     *
     * @return {@code false} if this one or a newer one was applied before
     */
    boolean advance(Payment payment, long sequence);

    void add(OrderId order, PaymentNote note);

    /** Failures of an order's payments, oldest first; incidents are not for the buyer's eyes. */
    List<PaymentNote> failures(OrderId order);
}
