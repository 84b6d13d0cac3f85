package dev.wonflow.payment.receipt;

/** Nobody has given this service anything to seal the number of a receipt's owner with. */
public final class ReceiptsNotSetUp extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReceiptsNotSetUp() {
        super("wonflow.billing.keyset: not set (expected: a keyset of Tink, see the service's README)");
    }
}
