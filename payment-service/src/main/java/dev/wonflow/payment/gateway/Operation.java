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
    /** A cash receipt asked for. */
    RECEIPT_ISSUE,
    /** A cash receipt taken back. */
    RECEIPT_CANCEL,
    /** The cash receipts of a day. */
    RECEIPT_LIST,
    LOOKUP
}
