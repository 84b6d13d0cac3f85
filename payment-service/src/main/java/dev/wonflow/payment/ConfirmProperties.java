package dev.wonflow.payment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of confirming.
 *
 * @param patience how long a second caller of the same confirm waits for the first one's result before it is answered
 *     "not known yet"
 */
@ConfigurationProperties("wonflow.confirm")
public record ConfirmProperties(@DefaultValue("10s") Duration patience) {

    public ConfirmProperties {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("wonflow.confirm.patience: " + patience + " (expected: 0 or more)");
        }
    }
}
