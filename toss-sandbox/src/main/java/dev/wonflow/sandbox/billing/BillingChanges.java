package dev.wonflow.sandbox.billing;

import org.jspecify.annotations.Nullable;

/** Who is told that a billing key is gone. */
public interface BillingChanges {

    /**
     * Takes note of a deletion. Called once for each key, after the deletion can be seen by others.
     *
     * @param reason null where the merchant deleted it
     */
    void deleted(BillingKey key, @Nullable String reason);
}
