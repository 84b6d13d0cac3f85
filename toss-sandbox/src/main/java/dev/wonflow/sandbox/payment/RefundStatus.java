package dev.wonflow.sandbox.payment;

/** How far the refund of a virtual account got. */
public enum RefundStatus {
    NONE,
    /** Accepted; the money reaches the buyer two business days after the cancel. */
    PENDING,
    FAILED,
    PARTIAL_FAILED,
    COMPLETED
}
