package dev.wonflow.sandbox.payment;

/** How far a cancel is. One of a payment in Korea is done at once. */
public enum CancelStatus {
    /** The provider overseas has been asked. */
    IN_PROGRESS,
    DONE,
    /** The provider overseas refused. */
    ABORTED
}
