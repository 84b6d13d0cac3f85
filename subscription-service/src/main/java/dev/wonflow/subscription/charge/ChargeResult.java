package dev.wonflow.subscription.charge;

import java.time.Instant;

/** What payment-service says of a charge. */
public sealed interface ChargeResult {

    ChargeId charge();

    /**
     * The money was taken.
     *
     * @param livemode whether it was real money
     */
    record Paid(ChargeId charge, String paymentId, String orderId, boolean livemode, Instant at)
            implements ChargeResult {}

    /**
     * For certain no money was taken, and none will be.
     *
     * @param code Toss's, or payment-service's own; 1 to 100 characters
     */
    record Failed(ChargeId charge, String code, Remedy remedy, Instant at) implements ChargeResult {}

    /** It is not known, and payment-service goes on until it is. */
    record Unknown(ChargeId charge) implements ChargeResult {}
}
