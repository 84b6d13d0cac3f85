package dev.wonflow.order.order;

/** Why an order was cancelled. The names are published. */
public enum CancelReason {
    /** The buyer left the payment window. */
    BUYER_CANCELED,
    /** Not paid in time. */
    EXPIRED,
    /** It asked for a plan that is not sold for its amount. */
    NOT_ON_SALE,
    /** All the money went back. */
    REFUNDED,
    /** The shop asked for it. */
    REQUESTED
}
