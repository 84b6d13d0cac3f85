package dev.wonflow.payment.payment;

/** Tells the world, in the caller's transaction. */
public interface PaymentEvents {

    /**
     * Publishes an event.
     *
     * @param payment as stored, with the version the event belongs to
     */
    void publish(Payment payment, PaymentEvent event);
}
