package dev.wonflow.payment.billing;

/** The tenant has no such billing method. */
public final class BillingMethodNotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BillingMethodNotFound(BillingMethodId id) {
        super("billing method " + id + ": none of the tenant's (expected: an id of GET /api/billing-methods)");
    }
}
