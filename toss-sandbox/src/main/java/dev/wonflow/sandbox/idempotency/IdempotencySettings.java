package dev.wonflow.sandbox.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the answers kept under an Idempotency-Key.
 *
 * @param retention how long a key stays the same request, from its first use; documented
 * @param capacity number of answers kept; beyond it the oldest is forgotten
 */
@ConfigurationProperties("wonflow.sandbox.idempotency")
record IdempotencySettings(
        @DefaultValue("15d") Duration retention,
        @DefaultValue("20000") int capacity) {

    IdempotencySettings {
        if (!retention.isPositive() || capacity < 1) {
            throw new IllegalArgumentException("wonflow.sandbox.idempotency.retention: " + retention + ", capacity: "
                    + capacity + " (expected: both > 0)");
        }
    }
}
