package dev.wonflow.payment.billing;

/** Toss may have issued a billing key or not; the same request finds out, and nobody is charged meanwhile. */
public final class BillingNotKnown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BillingNotKnown(String cause) {
        super("Toss: " + cause + " (expected: a billing key; send the same request again)");
    }
}
