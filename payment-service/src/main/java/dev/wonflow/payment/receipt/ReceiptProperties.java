package dev.wonflow.payment.receipt;

import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of cash receipts. The tax office's answer is visible at Toss a day or two later, and no webhook tells of it.
 *
 * @param firstLook time from the request to the first look at what came of it; the pause grows with the time waited
 * @param longestPause longest time between two looks
 * @param alarmAfter time after which a person has to know that there is no answer
 */
@ConfigurationProperties("wonflow.cash-receipt")
record ReceiptProperties(
        @DefaultValue("10m") Duration firstLook,
        @DefaultValue("6h") Duration longestPause,
        @DefaultValue("4d") Duration alarmAfter) {

    ReceiptProperties {
        requirePositive("first-look", firstLook);
        requirePositive("longest-pause", longestPause);
        requirePositive("alarm-after", alarmAfter);
    }

    /** The next look at what was asked for at {@code since}. */
    Instant nextLook(Instant since, Instant now) {
        Duration waited = Duration.between(since, now).dividedBy(2);
        Duration pause = waited.compareTo(firstLook) < 0 ? firstLook : waited;
        return now.plus(pause.compareTo(longestPause) > 0 ? longestPause : pause);
    }

    boolean isOverdue(Instant since, Instant now) {
        return now.isAfter(since.plus(alarmAfter));
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.cash-receipt." + name + ": " + value + " (expected: more than 0)");
        }
    }
}
