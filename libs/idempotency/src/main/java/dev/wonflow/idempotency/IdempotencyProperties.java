package dev.wonflow.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of requests with a key.
 *
 * @param retention how long an answer is kept at least; it goes when later ones come. 24 hours or more
 * @param lease how long a request that is more than one transaction may be at work before a repeat takes over
 */
@ConfigurationProperties("wonflow.idempotency")
record IdempotencyProperties(
        @DefaultValue("48h") Duration retention,
        @DefaultValue("2m") Duration lease) {

    private static final Duration LEAST_RETENTION = Duration.ofHours(24);

    IdempotencyProperties {
        if (retention.compareTo(LEAST_RETENTION) < 0) {
            throw new IllegalArgumentException(
                    "wonflow.idempotency.retention: " + retention + " (expected: " + LEAST_RETENTION + " or more)");
        }
        if (!lease.isPositive() || lease.compareTo(retention) >= 0) {
            throw new IllegalArgumentException(
                    "wonflow.idempotency.lease: " + lease + " (expected: more than 0, less than retention)");
        }
    }
}
