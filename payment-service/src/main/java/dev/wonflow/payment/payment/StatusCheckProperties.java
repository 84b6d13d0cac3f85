package dev.wonflow.payment.payment;

import dev.wonflow.payment.gateway.CallLimits;
import dev.wonflow.work.WorkBackOff;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of asking Toss about payments.
 *
 * @param pollInterval longest pause between two looks for due status checks; what this instance knows of wakes it
 *     before, so that it is for what another left behind
 * @param firstDelay longest time from not knowing to the first question; up to half is left off by chance
 * @param maxDelay longest time between two questions about one payment; it doubles from {@code firstDelay} to here,
 *     less up to half by chance
 * @param orphanAfter age at which a payment still being confirmed counts as left behind by a crash; more than the
 *     longest confirm call
 * @param confirmWindow time Toss gives between authentication and confirm; after it an absent payment was not charged
 * @param atOnce status checks one instance works on at the same time; each that ends makes room for the next
 * @param lease time a taken status check is nobody else's; longer than all its calls together may take
 * @param hintDelay time a webhook's hint waits, so that the confirm it overtook can finish
 * @param hintWindow shortest time between two questions about one payment, however many webhooks come; it doubles up to
 *     {@code maxDelay} while webhooks anybody can have sent lead to nothing
 */
@ConfigurationProperties("wonflow.status-check")
public record StatusCheckProperties(
        @DefaultValue("5s") Duration pollInterval,
        @DefaultValue("2s") Duration firstDelay,
        @DefaultValue("5m") Duration maxDelay,
        @DefaultValue("90s") Duration orphanAfter,
        @DefaultValue("10m") Duration confirmWindow,
        @DefaultValue("10") int atOnce,
        @DefaultValue("3m") Duration lease,
        @DefaultValue("300ms") Duration hintDelay,
        @DefaultValue("2s") Duration hintWindow) {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    public StatusCheckProperties {
        requirePositive("poll-interval", pollInterval);
        requirePositive("first-delay", firstDelay);
        requirePositive("max-delay", maxDelay);
        requirePositive("orphan-after", orphanAfter);
        requirePositive("confirm-window", confirmWindow);
        requirePositive("lease", lease);
        requirePositive("hint-window", hintWindow);
        if (pollInterval.compareTo(LONGEST_PAUSE) > 0) {
            // Health takes a service that has not looked for some minutes for one that cannot.
            throw new IllegalArgumentException("wonflow.status-check.poll-interval: " + pollInterval
                    + " (expected: at most " + LONGEST_PAUSE + ")");
        }
        if (hintDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "wonflow.status-check.hint-delay: " + hintDelay + " (expected: 0 or more)");
        }
        if (atOnce < 1 || atOnce > 100) {
            throw new IllegalArgumentException("wonflow.status-check.at-once: " + atOnce + " (expected: 1 to 100)");
        }
    }

    /**
     * Refuses time limits of the gateway beside which a call that goes on would be taken for one left behind by a
     * crash.
     *
     * @throws IllegalArgumentException naming the setting that is too short
     */
    public void requireLongerThan(CallLimits calls) {
        Duration longest = calls.confirmAndLook();
        if (longest.compareTo(orphanAfter) >= 0) {
            throw new IllegalArgumentException("wonflow.status-check.orphan-after: " + orphanAfter
                    + " (expected: more than a confirm and a look may take, " + longest + ")");
        }
        if (longest.compareTo(lease) >= 0) {
            throw new IllegalArgumentException("wonflow.status-check.lease: " + lease
                    + " (expected: more than a question and a confirm may take, " + longest + ")");
        }
    }

    /**
     * From not knowing to the first question; with chance, or all that one fault broke would be asked about at once.
     */
    Duration firstPause(RandomGenerator random) {
        return new WorkBackOff(firstDelay, firstDelay).after(0, random);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.status-check." + name + ": " + value + " (expected: more than 0)");
        }
    }
}
