package dev.wonflow.sandbox.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the answers kept under an Idempotency-Key.
 *
 * @param retention how long a key stays the same request, from its first use; documented
 * @param capacity number of answers kept; beyond it the oldest is forgotten
 * @param memory most their bodies come to together; likewise
 */
@ConfigurationProperties("wonflow.sandbox.idempotency")
record IdempotencySettings(
        @DefaultValue("15d") Duration retention,
        @DefaultValue("20000") int capacity,
        @DefaultValue("64MB") DataSize memory) {

    IdempotencySettings {
        if (!retention.isPositive() || capacity < 1 || memory.toBytes() < 1) {
            throw new IllegalArgumentException("wonflow.sandbox.idempotency.retention: " + retention + ", capacity: "
                    + capacity + ", memory: " + memory + " (expected: all > 0)");
        }
    }
}
