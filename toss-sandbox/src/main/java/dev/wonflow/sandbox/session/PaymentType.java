package dev.wonflow.sandbox.session;

/** How a payment came about. */
public enum PaymentType {
    /** A buyer was there. */
    NORMAL,
    /** Charged to a billing key; its approval is never announced. */
    BILLING,
    /** Paid with what a buyer registered with the merchant. */
    BRANDPAY
}
