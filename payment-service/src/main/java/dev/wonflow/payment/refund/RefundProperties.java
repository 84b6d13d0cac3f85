package dev.wonflow.payment.refund;

import dev.wonflow.money.Money;
import dev.wonflow.work.WorkBackOff;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of giving money back.
 *
 * @param patience how long a caller waits for its refund before it is answered "not known yet"
 * @param spacing shortest time between two calls about one payment; Toss refuses calls in quick succession
 * @param firstDelay time from not knowing to the first look
 * @param maxDelay longest time between two looks; it doubles from {@code firstDelay} to here, less up to half by chance
 * @param atOnce refunds one instance works on at the same time
 * @param lease time after which another instance goes on with the refunds of one that died
 * @param pollInterval longest pause until what another instance left behind is found
 * @param approvalAbove won; if callers ask for more than that of one payment, in one refund or in parts, a second
 *     person has to agree; never if it is not set
 */
@ConfigurationProperties("wonflow.refund")
record RefundProperties(
        @DefaultValue("10s") Duration patience,
        @DefaultValue("1s") Duration spacing,
        @DefaultValue("2s") Duration firstDelay,
        @DefaultValue("5m") Duration maxDelay,
        @DefaultValue("4") int atOnce,
        @DefaultValue("1m") Duration lease,
        @DefaultValue("5s") Duration pollInterval,
        @Nullable Long approvalAbove) {

    private static final Duration SHORTEST_SPACING = Duration.ofSeconds(1);

    RefundProperties {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("wonflow.refund.patience: " + patience + " (expected: 0 or more)");
        }
        if (spacing.compareTo(SHORTEST_SPACING) < 0) {
            throw new IllegalArgumentException(
                    "wonflow.refund.spacing: " + spacing + " (expected: " + SHORTEST_SPACING + " or more)");
        }
        if (!firstDelay.isPositive() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("wonflow.refund.first-delay and .max-delay: " + firstDelay + ", "
                    + maxDelay + " (expected: more than 0, and not less than the first)");
        }
        if (atOnce < 1 || atOnce > 100) {
            throw new IllegalArgumentException("wonflow.refund.at-once: " + atOnce + " (expected: 1 to 100)");
        }
        if (!lease.isPositive() || !pollInterval.isPositive()) {
            throw new IllegalArgumentException("wonflow.refund.lease and .poll-interval: " + lease + ", " + pollInterval
                    + " (expected: more than 0)");
        }
        if (approvalAbove != null && approvalAbove < 0) {
            throw new IllegalArgumentException(
                    "wonflow.refund.approval-above: " + approvalAbove + " (expected: won, 0 or more)");
        }
    }

    /**
     * Whether a second person has to agree to a refund that makes callers have asked for {@code whole} of a payment.
     */
    boolean needsApproval(Money whole) {
        return approvalAbove != null && whole.won() > approvalAbove;
    }

    WorkBackOff backOff() {
        return new WorkBackOff(firstDelay, maxDelay);
    }
}
