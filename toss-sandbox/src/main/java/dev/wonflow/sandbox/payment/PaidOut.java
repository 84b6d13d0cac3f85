package dev.wonflow.sandbox.payment;

/** Who knows whether a merchant has got the money of a payment. */
public interface PaidOut {

    /** Whether the sale was settled and paid out by now; what was cancelled since makes no difference. */
    boolean isPaidOut(Payment payment);
}
