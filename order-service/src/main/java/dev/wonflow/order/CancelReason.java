package dev.wonflow.order;

/** Why an order was called off. The names are published. */
public enum CancelReason {
    /** The buyer left the payment window. */
    BUYER_CANCELED,
    /** Not paid in time. */
    EXPIRED,
    /** All the money went back. */
    REFUNDED,
    /** The shop asked for it. */
    REQUESTED
}
