package dev.wonflow.payment.plan;

/** No plan can be sold yet: this service is new, and subscription-service has not told it what plans cost. */
public final class CatalogueNotRead extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CatalogueNotRead(String plan) {
        super("plan: " + plan + " (expected: one whose price is known; none is yet)");
    }
}
