package dev.wonflow.payment.stray;

import dev.wonflow.payment.payment.Payment;

/** Tells the world, in the caller's transaction. */
@FunctionalInterface
public interface StrayEvents {

    /**
     * Publishes that a stray capture went back.
     *
     * @param payment as stored, with a version of its own for this event
     */
    void refunded(Payment payment, StrayCapture stray);
}
