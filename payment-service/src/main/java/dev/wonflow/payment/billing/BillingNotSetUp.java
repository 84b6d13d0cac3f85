package dev.wonflow.payment.billing;

/** Nobody has given this service anything to seal billing keys with. */
public final class BillingNotSetUp extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BillingNotSetUp() {
        super("wonflow.billing.keyset: not set (expected: a keyset of Tink, see the service's README)");
    }
}
