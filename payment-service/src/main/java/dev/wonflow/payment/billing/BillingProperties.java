package dev.wonflow.payment.billing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of billing methods.
 *
 * @param removalPause time until Toss is asked again to forget a key
 */
@ConfigurationProperties("wonflow.billing")
record BillingProperties(@DefaultValue("1m") Duration removalPause) {

    BillingProperties {
        if (!removalPause.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.billing.removal-pause: " + removalPause + " (expected: more than 0)");
        }
    }
}
