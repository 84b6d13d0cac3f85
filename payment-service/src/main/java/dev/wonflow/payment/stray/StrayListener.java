package dev.wonflow.payment.stray;

/** Learns that a stray capture went back; in the transaction in which it is stored. */
@FunctionalInterface
public interface StrayListener {

    void refunded(StrayCapture stray);
}
