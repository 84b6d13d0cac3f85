package dev.wonflow.payment.billing;

/** A sealed billing key that does not open. Says nothing of what is in it. */
public final class KeyUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KeyUnreadable(BillingMethodId id) {
        super("billing method " + id
                + ": its key does not open (expected: sealed for it, under a key of wonflow.billing.keyset)");
    }
}
