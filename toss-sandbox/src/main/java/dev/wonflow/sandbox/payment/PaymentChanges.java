package dev.wonflow.sandbox.payment;

/** Who is told that a payment changed. */
public interface PaymentChanges {

    /** Takes note of the payment as it is now. Called once for each change, after it can be seen by others. */
    void changed(Payment payment);
}
