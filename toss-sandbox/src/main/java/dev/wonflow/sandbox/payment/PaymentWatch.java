package dev.wonflow.sandbox.payment;

/** Waits for the time at which something happens to a payment by itself; asked again when the books are put back. */
public interface PaymentWatch {

    /** Waits, if there is anything to wait for. */
    void watch(Payment payment);
}
