package dev.wonflow.payment.payment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of payments that are still to come.
 *
 * @param onTheWay how long after an order was made its payment may still be on its way here; Toss takes a confirm for
 *     ten minutes
 */
@ConfigurationProperties("wonflow.awaited")
record AwaitedProperties(@DefaultValue("10m") Duration onTheWay) {

    AwaitedProperties {
        if (onTheWay.isNegative()) {
            throw new IllegalArgumentException("wonflow.awaited.on-the-way: " + onTheWay + " (expected: 0 or more)");
        }
    }
}
