package dev.wonflow.sandbox.billing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of billing.
 *
 * @param authenticateWithin how long the billing window stays open; assumed to be as for payments
 * @param authKeyLifetime how long an authKey can be exchanged for a billing key; nobody documents it
 * @param capacity number of billing keys kept, deleted ones too, and of authorisations and authKeys each; beyond it the
 *     oldest is forgotten, and a forgotten key is unknown to a charge
 */
@ConfigurationProperties("wonflow.sandbox.billing")
record BillingSettings(
        @DefaultValue("30m") Duration authenticateWithin,
        @DefaultValue("10m") Duration authKeyLifetime,
        @DefaultValue("10000") int capacity) {

    BillingSettings {
        if (!authenticateWithin.isPositive() || !authKeyLifetime.isPositive()) {
            throw new IllegalArgumentException("wonflow.sandbox.billing.authenticate-within: " + authenticateWithin
                    + ", auth-key-lifetime: " + authKeyLifetime + " (expected: both > 0)");
        }
        if (capacity < 1) {
            throw new IllegalArgumentException("wonflow.sandbox.billing.capacity: " + capacity + " (expected: >= 1)");
        }
    }
}
