package dev.wonflow.subscription.charge;

/** What can help after a decline, as payment-service says. Stored by name. */
public enum Remedy {
    /** The same card or account may work on another day. */
    LATER,
    /** Only another card or account. */
    NEW_METHOD,
    /** Nothing. */
    NONE;

    /** What a word of payment-service means; one that is not known yet is not known to be helped by waiting. */
    public static Remedy of(String word) {
        return switch (word) {
            case "LATER" -> LATER;
            case "NONE" -> NONE;
            default -> NEW_METHOD;
        };
    }
}
