package dev.wonflow.sandbox.exchange;

import java.util.Optional;

/** Knows the order of a payment or of a receipt, for calls that only name that. */
public interface OrderLookup {

    /**
     * The order id; empty if there is no such payment or receipt.
     *
     * @param key of a payment or of a receipt; neither looks like one of the other
     */
    Optional<String> orderIdOf(String key);
}
