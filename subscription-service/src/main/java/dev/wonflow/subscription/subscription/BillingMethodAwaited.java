package dev.wonflow.subscription.subscription;

import java.util.UUID;

/** A billing method is so young that what payment-service tells of it may still be on its way. */
public final class BillingMethodAwaited extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BillingMethodAwaited(UUID method) {
        super("billing method " + method + ": not known yet (expected: one that was told of)", null, false, false);
    }
}
