package dev.wonflow.payment.payment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of confirming.
 *
 * @param patience how long a second caller of the same confirm waits for the first one's result before it is answered
 *     "not known yet"
 * @param tries new tries for one order within {@code triesWindow}; each costs calls to Toss, and anybody who knows the
 *     orderId can make one
 * @param triesWindow time over which tries are counted
 */
@ConfigurationProperties("wonflow.confirm")
public record ConfirmProperties(
        @DefaultValue("10s") Duration patience,
        @DefaultValue("10") int tries,
        @DefaultValue("10m") Duration triesWindow) {

    public ConfirmProperties {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("wonflow.confirm.patience: " + patience + " (expected: 0 or more)");
        }
        if (tries < 1) {
            throw new IllegalArgumentException("wonflow.confirm.tries: " + tries + " (expected: 1 or more)");
        }
        if (!triesWindow.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.confirm.tries-window: " + triesWindow + " (expected: more than 0)");
        }
    }
}
