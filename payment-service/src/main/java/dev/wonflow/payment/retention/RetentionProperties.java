package dev.wonflow.payment.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of forgetting. What is not answered is never forgotten.
 *
 * @param webhooks age at which an answered webhook about a payment of ours is forgotten; longer than a buyer takes to
 *     ask what happened to a payment
 * @param strayWebhooks age at which a webhook about nothing of ours is forgotten; anybody can send them, and after the
 *     four days in which Toss repeats one and the seven its bytes stay on the topic nobody can do anything with it
 * @param statusChecks age at which an answered status check is forgotten, and with it how often hints about its payment
 *     have led to nothing
 * @param interval pause between two runs
 * @param batch most rows deleted by one statement
 */
@ConfigurationProperties("wonflow.retention")
record RetentionProperties(
        @DefaultValue("90d") Duration webhooks,
        @DefaultValue("14d") Duration strayWebhooks,
        @DefaultValue("1h") Duration statusChecks,
        @DefaultValue("10m") Duration interval,
        @DefaultValue("1000") int batch) {

    /** Toss repeats a webhook for 3 days and 19 hours; its bytes stay on the topic for seven days. */
    private static final Duration SHORTEST = Duration.ofDays(7);

    RetentionProperties {
        requireAtLeast("webhooks", webhooks, SHORTEST);
        requireAtLeast("stray-webhooks", strayWebhooks, SHORTEST);
        requireAtLeast("status-checks", statusChecks, Duration.ofMinutes(10));
        requireAtLeast("interval", interval, Duration.ofSeconds(1));
        if (batch < 1) {
            throw new IllegalArgumentException("wonflow.retention.batch: " + batch + " (expected: 1 or more)");
        }
    }

    private static void requireAtLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "wonflow.retention." + name + ": " + value + " (expected: " + least + " or more)");
        }
    }
}
