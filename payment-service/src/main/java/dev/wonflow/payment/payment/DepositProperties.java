package dev.wonflow.payment.payment;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of virtual accounts, and of whatever else Toss ends later. It may send no webhook about a deposit and sends
 * none about a due date that passes, so waiting payments are looked at.
 *
 * @param grace time after its due date at which an account that Toss still calls waiting counts as run out
 * @param firstLook time from the account's opening, from a deposit's refund, or from a cancel that ends later, to the
 *     first look; the pause grows with the time waited
 * @param longestPause longest time between two such looks at one payment
 */
@ConfigurationProperties("wonflow.deposit")
public record DepositProperties(
        @DefaultValue("10m") Duration grace,
        @DefaultValue("5m") Duration firstLook,
        @DefaultValue("6h") Duration longestPause) {

    public DepositProperties {
        requirePositive("grace", grace);
        requirePositive("first-look", firstLook);
        requirePositive("longest-pause", longestPause);
    }

    /** The next look at what has waited since {@code since}; at the latest when it has run out. */
    Instant nextLook(Instant since, @Nullable Instant dueAt, Instant now) {
        Duration waited = Duration.between(since, now).dividedBy(2);
        Duration pause = waited.compareTo(firstLook) < 0 ? firstLook : waited;
        Instant next = now.plus(pause.compareTo(longestPause) > 0 ? longestPause : pause);
        // A second beyond, for a look at the very instant would find the account still within its grace.
        Instant runOut = dueAt == null ? next : dueAt.plus(grace).plusSeconds(1);
        return runOut.isAfter(now) && runOut.isBefore(next) ? runOut : next;
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("wonflow.deposit." + name + ": " + value + " (expected: more than 0)");
        }
    }
}
