package dev.wonflow.payment.charge;

import dev.wonflow.work.WorkBackOff;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of charging billing methods.
 *
 * @param sharePercent share of what Toss allows in a minute that charges may use
 * @param atOnce charges one instance makes at the same time
 * @param batch most charges claimed, and settled, in one transaction
 * @param linger how long a charge that was answered waits for others to be settled with
 * @param firstDelay time from not knowing to the first look
 * @param maxDelay longest time between two looks; it doubles from {@code firstDelay} to here, less up to half by chance
 * @param lease time after which another instance goes on with the charges of one that died
 * @param pollInterval longest pause until what another instance left behind is found
 */
@ConfigurationProperties("wonflow.charge")
record ChargeProperties(
        @DefaultValue("20") int sharePercent,
        @DefaultValue("16") int atOnce,
        @DefaultValue("50") int batch,
        @DefaultValue("20ms") Duration linger,
        @DefaultValue("2s") Duration firstDelay,
        @DefaultValue("5m") Duration maxDelay,
        @DefaultValue("1m") Duration lease,
        @DefaultValue("5s") Duration pollInterval) {

    ChargeProperties {
        // Questions may have 60 percent, and confirms are to keep something.
        if (sharePercent < 5 || sharePercent > 30) {
            throw new IllegalArgumentException(
                    "wonflow.charge.share-percent: " + sharePercent + " (expected: 5 to 30, the rest is for others)");
        }
        if (atOnce < 1 || atOnce > 1_000) {
            throw new IllegalArgumentException("wonflow.charge.at-once: " + atOnce + " (expected: 1 to 1000)");
        }
        if (batch < 1 || batch > 1_000) {
            throw new IllegalArgumentException("wonflow.charge.batch: " + batch + " (expected: 1 to 1000)");
        }
        if (!firstDelay.isPositive() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("wonflow.charge.first-delay and .max-delay: " + firstDelay + ", "
                    + maxDelay + " (expected: more than 0, and not less than the first)");
        }
        if (linger.isNegative() || !lease.isPositive() || !pollInterval.isPositive()) {
            throw new IllegalArgumentException("wonflow.charge.linger, .lease and .poll-interval: " + linger + ", "
                    + lease + ", " + pollInterval + " (expected: 0 or more, more than 0, more than 0)");
        }
    }

    WorkBackOff backOff() {
        return new WorkBackOff(firstDelay, maxDelay);
    }
}
