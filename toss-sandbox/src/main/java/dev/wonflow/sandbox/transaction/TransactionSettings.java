package dev.wonflow.sandbox.transaction;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the book of transactions.
 *
 * @param capacity number of transactions kept; beyond it the oldest is forgotten
 */
@ConfigurationProperties("wonflow.sandbox.transaction")
record TransactionSettings(@DefaultValue("200000") int capacity) {

    TransactionSettings {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "wonflow.sandbox.transaction.capacity: " + capacity + " (expected: >= 1)");
        }
    }
}
