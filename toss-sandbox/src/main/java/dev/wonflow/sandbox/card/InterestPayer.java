package dev.wonflow.sandbox.card;

/** Who pays the interest of instalments. */
public enum InterestPayer {
    /** As usual. */
    BUYER,
    /** By one of its promotions. */
    CARD_COMPANY,
    MERCHANT
}
