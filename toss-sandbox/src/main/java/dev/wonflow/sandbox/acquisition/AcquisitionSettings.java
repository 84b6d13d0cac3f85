package dev.wonflow.sandbox.acquisition;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of how card companies collect money, in business days; each step comes with the beginning of its day.
 *
 * @param requestedAfter from the sale to the request; assumed
 * @param completedAfter from the sale to its completion; assumed
 * @param canceledAfter from a cancel after the request to its completion; documented as three or four
 */
@ConfigurationProperties("wonflow.sandbox.payment.acquisition")
record AcquisitionSettings(
        @DefaultValue("1") int requestedAfter,
        @DefaultValue("2") int completedAfter,
        @DefaultValue("3") int canceledAfter) {

    private static final int MOST = 60;

    AcquisitionSettings {
        if (requestedAfter < 0 || completedAfter < requestedAfter || completedAfter > MOST) {
            throw new IllegalArgumentException("wonflow.sandbox.payment.acquisition.requested-after: " + requestedAfter
                    + ", completed-after: " + completedAfter
                    + " (expected: 0 <= requested-after <= completed-after <= " + MOST + ")");
        }
        if (canceledAfter < 0 || canceledAfter > MOST) {
            throw new IllegalArgumentException("wonflow.sandbox.payment.acquisition.canceled-after: " + canceledAfter
                    + " (expected: 0 to " + MOST + ")");
        }
    }
}
