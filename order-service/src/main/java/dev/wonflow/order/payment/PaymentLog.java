package dev.wonflow.order.payment;

import dev.wonflow.order.OrderId;
import java.util.List;

/** What orders remember about their payments. */
public interface PaymentLog {

    /**
     * Notes how far the news of a payment has come, in the caller's transaction.
     *
     * @return {@code false} if news of this age or younger was taken in before
     */
    boolean advance(Payment payment, long sequence);

    void add(OrderId order, PaymentNote note);

    /** Failures of an order's payments, oldest first; incidents are not for the buyer's eyes. */
    List<PaymentNote> failures(OrderId order);
}
