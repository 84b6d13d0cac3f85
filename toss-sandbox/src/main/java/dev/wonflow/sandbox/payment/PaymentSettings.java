package dev.wonflow.sandbox.payment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of payments.
 *
 * @param authenticateWithin how long the payment window stays open
 * @param confirmWithin how long after authenticating the merchant may confirm
 * @param confirmTakes how long a confirm takes on the sandbox clock before it has its effect; zero for no time
 * @param capacity number of payments kept; beyond it the oldest is forgotten
 */
@ConfigurationProperties("wonflow.sandbox.payment")
record PaymentSettings(
        @DefaultValue("30m") Duration authenticateWithin,
        @DefaultValue("10m") Duration confirmWithin,
        @DefaultValue("0s") Duration confirmTakes,
        @DefaultValue("50000") int capacity) {

    PaymentSettings {
        if (!authenticateWithin.isPositive() || !confirmWithin.isPositive()) {
            throw new IllegalArgumentException("wonflow.sandbox.payment.authenticate-within: " + authenticateWithin
                    + ", confirm-within: " + confirmWithin + " (expected: both > 0)");
        }
        if (confirmTakes.isNegative()) {
            throw new IllegalArgumentException(
                    "wonflow.sandbox.payment.confirm-takes: " + confirmTakes + " (expected: >= 0)");
        }
        if (capacity < 1) {
            throw new IllegalArgumentException("wonflow.sandbox.payment.capacity: " + capacity + " (expected: >= 1)");
        }
    }
}
