package dev.wonflow.subscription.charge;

/** Who waits for charges to be answered. */
@FunctionalInterface
public interface ChargeListener {

    /**
     * Some were, and that is committed.
     *
     * @param answered how many
     * @param failed how many of them were declined
     */
    void answered(int answered, int failed);
}
