package dev.wonflow.sandbox.instrument;

/** How far the refund of a virtual account got. */
public enum RefundStatus {
    NONE,
    /** Accepted; the money reaches the buyer two business days after the cancel. */
    PENDING,
    /** The money of a whole cancel did not arrive. */
    FAILED,
    /** The money of a part did not arrive. */
    PARTIAL_FAILED,
    COMPLETED
}
