package dev.wonflow.sandbox.billing;

/** The buyer's time in the billing window is over. */
public final class BillingWindowClosed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BillingWindowClosed(BillingAuthorization visit) {
        super("billing authorization " + visit.id() + ": closed at " + visit.closesAt()
                + " (expected: one that is still open)");
    }
}
