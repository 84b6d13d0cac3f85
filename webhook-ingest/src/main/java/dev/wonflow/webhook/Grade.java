package dev.wonflow.webhook;

/** How far a webhook can be believed on arrival. Published as {@code ce_grade}; finer grades are given downstream. */
public enum Grade {
    /** Its signature verifies under our security key. */
    SIGNED,
    /** Carries no signature, like every webhook about a payment: a hint to ask Toss, nothing more. */
    UNVERIFIED
}
