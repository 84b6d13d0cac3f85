package dev.wonflow.payment.sweep;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of sweeps.
 *
 * @param every pause between two
 * @param unconfirmedAfter how long a payment has stood without a confirm when Toss is asked whether somebody else made
 *     one; more than the 30 minutes of a payment window and the 10 of a confirm
 * @param forgottenAfter how long a payment has been open at Toss when it must have a question planned; more than the
 *     longest confirm takes
 * @param batch most payments of each kind asked about by one sweep; they share the calls to Toss with those whose
 *     outcome we have to know, and come after them
 */
@ConfigurationProperties("wonflow.sweep")
record SweepProperties(
        @DefaultValue("5m") Duration every,
        @DefaultValue("45m") Duration unconfirmedAfter,
        @DefaultValue("15m") Duration forgottenAfter,
        @DefaultValue("50") int batch) {

    SweepProperties {
        requireAtLeast("every", every, Duration.ofMillis(100));
        requireAtLeast("unconfirmed-after", unconfirmedAfter, Duration.ofMinutes(40));
        requireAtLeast("forgotten-after", forgottenAfter, Duration.ofMinutes(10));
        if (batch < 1 || batch > 1_000) {
            throw new IllegalArgumentException("wonflow.sweep.batch: " + batch + " (expected: 1 to 1,000)");
        }
    }

    private static void requireAtLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "wonflow.sweep." + name + ": " + value + " (expected: " + least + " or more)");
        }
    }
}
