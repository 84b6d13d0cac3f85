package dev.wonflow.payment.plan;

/**
 * Whether a plan is sold cannot be said yet: it is not known here, and not all that was told of plans has been read.
 */
public final class CatalogueNotRead extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CatalogueNotRead(String plan) {
        super("plan: " + plan + " (expected: one whose price is known; the catalogue has not been read to its end)");
    }
}
