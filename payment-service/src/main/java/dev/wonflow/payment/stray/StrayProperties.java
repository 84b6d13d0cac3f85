package dev.wonflow.payment.stray;

import dev.wonflow.work.WorkBackOff;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of giving back what does not count for its order.
 *
 * @param firstDelay time from not knowing to the first look
 * @param maxDelay longest time between two looks; it doubles from {@code firstDelay} to here, less up to half by chance
 * @param leftPause time between two looks at what is left to a person
 * @param atOnce stray captures one instance works on at the same time
 * @param lease time after which another instance goes on with those of one that died
 * @param pollInterval longest pause until what another instance left behind is found
 */
@ConfigurationProperties("wonflow.stray")
record StrayProperties(
        @DefaultValue("2s") Duration firstDelay,
        @DefaultValue("5m") Duration maxDelay,
        @DefaultValue("6h") Duration leftPause,
        @DefaultValue("2") int atOnce,
        @DefaultValue("1m") Duration lease,
        @DefaultValue("5s") Duration pollInterval) {

    StrayProperties {
        if (!firstDelay.isPositive() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("wonflow.stray.first-delay and .max-delay: " + firstDelay + ", "
                    + maxDelay + " (expected: more than 0, and not less than the first)");
        }
        if (!leftPause.isPositive() || !lease.isPositive() || !pollInterval.isPositive()) {
            throw new IllegalArgumentException("wonflow.stray.left-pause, .lease and .poll-interval: " + leftPause
                    + ", " + lease + ", " + pollInterval + " (expected: more than 0)");
        }
        if (atOnce < 1 || atOnce > 100) {
            throw new IllegalArgumentException("wonflow.stray.at-once: " + atOnce + " (expected: 1 to 100)");
        }
    }

    WorkBackOff backOff() {
        return new WorkBackOff(firstDelay, maxDelay);
    }
}
