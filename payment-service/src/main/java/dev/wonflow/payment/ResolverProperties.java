package dev.wonflow.payment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of asking Toss about payments.
 *
 * @param pollInterval pause between two looks for due inquiries
 * @param firstDelay time from not knowing to the first question
 * @param maxDelay longest time between two questions about one payment; it doubles from {@code firstDelay} to here
 * @param orphanAfter age at which a payment still being confirmed counts as left behind by a crash; more than the
 *     longest confirm call
 * @param confirmWindow time Toss gives between authentication and confirm; after it an absent payment was not charged
 * @param batchSize inquiries taken at once
 * @param lease time a taken inquiry is nobody else's; more than all calls it can make
 * @param hintDelay time a webhook's hint waits, so that the confirm it overtook can finish
 * @param hintWindow shortest time between two questions about one payment, however many webhooks come
 * @param hintsPerMinute questions about webhooks' hints that one instance asks at most
 */
@ConfigurationProperties("wonflow.resolver")
public record ResolverProperties(
        @DefaultValue("500ms") Duration pollInterval,
        @DefaultValue("2s") Duration firstDelay,
        @DefaultValue("5m") Duration maxDelay,
        @DefaultValue("90s") Duration orphanAfter,
        @DefaultValue("10m") Duration confirmWindow,
        @DefaultValue("10") int batchSize,
        @DefaultValue("3m") Duration lease,
        @DefaultValue("300ms") Duration hintDelay,
        @DefaultValue("2s") Duration hintWindow,
        @DefaultValue("600") int hintsPerMinute) {

    public ResolverProperties {
        requirePositive("poll-interval", pollInterval);
        requirePositive("first-delay", firstDelay);
        requirePositive("max-delay", maxDelay);
        requirePositive("orphan-after", orphanAfter);
        requirePositive("confirm-window", confirmWindow);
        requirePositive("lease", lease);
        requirePositive("hint-window", hintWindow);
        if (hintDelay.isNegative()) {
            throw new IllegalArgumentException("wonflow.resolver.hint-delay: " + hintDelay + " (expected: 0 or more)");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("wonflow.resolver.batch-size: " + batchSize + " (expected: 1 or more)");
        }
        if (hintsPerMinute < 1) {
            throw new IllegalArgumentException(
                    "wonflow.resolver.hints-per-minute: " + hintsPerMinute + " (expected: 1 or more)");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("wonflow.resolver." + name + ": " + value + " (expected: more than 0)");
        }
    }

    /** Time from the {@code tries}-th unclear answer to the next question. */
    public Duration delayAfter(int tries) {
        // 2^20 times any first delay is beyond any maximum; the bound keeps the shift exact.
        Duration delay = firstDelay.multipliedBy(1L << Math.min(tries, 20));
        return delay.compareTo(maxDelay) > 0 ? maxDelay : delay;
    }
}
