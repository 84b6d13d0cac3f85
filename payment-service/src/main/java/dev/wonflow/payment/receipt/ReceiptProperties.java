package dev.wonflow.payment.receipt;

import dev.wonflow.work.WorkBackOff;
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
 * @param unresolvedAfter time after which a person has to know, and may end, a request that Toss has not passed on,
 *     whatever was in the way; it is looked after less often from then on
 * @param patience how long a caller waits for its receipt before it is answered "not known yet"
 * @param spacing time between a call that says it has happened and the look for it
 * @param firstDelay time from not knowing whether Toss was asked to the first look
 * @param maxDelay longest time between two such looks; it doubles from {@code firstDelay} to here, less up to half by
 *     chance
 * @param atOnce payments whose receipts one instance asks for at the same time
 * @param lease time after which another instance goes on with what one that died was doing
 * @param pollInterval longest pause until what another instance left behind is found
 */
@ConfigurationProperties("wonflow.cash-receipt")
record ReceiptProperties(
        @DefaultValue("10m") Duration firstLook,
        @DefaultValue("6h") Duration longestPause,
        @DefaultValue("4d") Duration alarmAfter,
        @DefaultValue("1d") Duration unresolvedAfter,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("1s") Duration spacing,
        @DefaultValue("2s") Duration firstDelay,
        @DefaultValue("5m") Duration maxDelay,
        @DefaultValue("4") int atOnce,
        @DefaultValue("1m") Duration lease,
        @DefaultValue("5s") Duration pollInterval) {

    ReceiptProperties {
        requirePositive("first-look", firstLook);
        requirePositive("longest-pause", longestPause);
        requirePositive("alarm-after", alarmAfter);
        requirePositive("unresolved-after", unresolvedAfter);
        requirePositive("spacing", spacing);
        requirePositive("first-delay", firstDelay);
        requirePositive("lease", lease);
        requirePositive("poll-interval", pollInterval);
        if (patience.isNegative()) {
            throw new IllegalArgumentException("wonflow.cash-receipt.patience: " + patience + " (expected: 0 or more)");
        }
        if (maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "wonflow.cash-receipt.max-delay: " + maxDelay + " (expected: not less than first-delay)");
        }
        if (atOnce < 1 || atOnce > 100) {
            throw new IllegalArgumentException("wonflow.cash-receipt.at-once: " + atOnce + " (expected: 1 to 100)");
        }
    }

    WorkBackOff backOff() {
        return new WorkBackOff(firstDelay, maxDelay);
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

    /** Whether a person knows of a request that has not been passed on, or has to. */
    boolean isUnresolved(ReceiptRequest open, Instant now) {
        return open.uncertainty().isReported() || isLate(open, now);
    }

    /** Whether it has been open for longer than anything that goes away by itself takes. */
    boolean isLate(ReceiptRequest open, Instant now) {
        return isUnresolvedSince(open.requestedAt(), now);
    }

    boolean isUnresolvedSince(Instant since, Instant now) {
        return !now.isBefore(since.plus(unresolvedAfter));
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.cash-receipt." + name + ": " + value + " (expected: more than 0)");
        }
    }
}
