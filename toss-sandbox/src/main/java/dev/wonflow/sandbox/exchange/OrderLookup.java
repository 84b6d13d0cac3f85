package dev.wonflow.sandbox.exchange;

import java.util.Optional;

/** Knows the order of a payment, for calls that only name the payment. */
public interface OrderLookup {

    /** The order id; empty if there is no such payment. */
    Optional<String> orderIdOf(String paymentKey);
}
