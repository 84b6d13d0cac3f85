package dev.wonflow.payment.gateway;

/** What is asked of Toss. */
public enum Operation {
    CONFIRM,
    /** Money given back, or a virtual account closed. */
    CANCEL,
    /** A virtual account opened over our API. */
    OPEN,
    /** A billing key issued. */
    ISSUE,
    CHARGE,
    /** A billing key forgotten. */
    REMOVE,
    LOOKUP
}
