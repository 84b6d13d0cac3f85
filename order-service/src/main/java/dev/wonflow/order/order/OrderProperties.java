package dev.wonflow.order.order;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of orders.
 *
 * @param paymentDeadline how long an order waits for its payment
 * @param sweepInterval pause between two looks for orders whose time is over
 * @param sweepPage most orders fetched at once by such a look
 */
@ConfigurationProperties("wonflow.order")
record OrderProperties(
        @DefaultValue("24h") Duration paymentDeadline,
        @DefaultValue("30s") Duration sweepInterval,
        @DefaultValue("100") int sweepPage) {

    OrderProperties {
        if (!paymentDeadline.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.order.payment-deadline: " + paymentDeadline + " (expected: more than 0)");
        }
        if (!sweepInterval.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.order.sweep-interval: " + sweepInterval + " (expected: more than 0)");
        }
        if (sweepPage < 1) {
            throw new IllegalArgumentException("wonflow.order.sweep-page: " + sweepPage + " (expected: 1 or more)");
        }
    }
}
