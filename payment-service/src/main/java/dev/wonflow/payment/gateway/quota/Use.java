package dev.wonflow.payment.gateway.quota;

/** What a question to Toss is for. */
public enum Use {
    /** A payment whose outcome we have to know. */
    REQUIRED,
    /** A payment of which only a webhook says that there is news. */
    HINTED
}
