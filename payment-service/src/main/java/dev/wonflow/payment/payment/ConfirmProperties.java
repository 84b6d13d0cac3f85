package dev.wonflow.payment.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of confirming.
 *
 * @param patience how long a second caller of the same confirm waits for the first one's result before it is answered
 *     "not known yet"
 * @param attempts new attempts for one order, and openings of accounts, within {@code attemptsWindow}; each costs calls
 *     to Toss, and anybody who knows the orderId can make one
 * @param attemptsWindow time over which attempts are counted
 */
@ConfigurationProperties("wonflow.confirm")
public record ConfirmProperties(
        @DefaultValue("10s") Duration patience,
        @DefaultValue("10") int attempts,
        @DefaultValue("10m") Duration attemptsWindow) {

    public ConfirmProperties {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("wonflow.confirm.patience: " + patience + " (expected: 0 or more)");
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("wonflow.confirm.attempts: " + attempts + " (expected: 1 or more)");
        }
        if (!attemptsWindow.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.confirm.attempts-window: " + attemptsWindow + " (expected: more than 0)");
        }
    }

    /**
     * How long until one more is taken; empty if it is now.
     *
     * @param recent when those within the window before {@code now} were begun, oldest first
     */
    Optional<Duration> untilNext(List<Instant> recent, Instant now) {
        return recent.size() < attempts
                ? Optional.empty()
                : Optional.of(Duration.between(
                        now, recent.get(recent.size() - attempts).plus(attemptsWindow)));
    }
}
