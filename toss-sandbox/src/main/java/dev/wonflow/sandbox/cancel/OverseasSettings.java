package dev.wonflow.sandbox.cancel;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of overseas easy pay.
 *
 * @param cancelFinishedAfter how long a cancel is in progress on the sandbox clock; zero waits for the control API
 */
@ConfigurationProperties("wonflow.sandbox.overseas")
record OverseasSettings(@DefaultValue("1m") Duration cancelFinishedAfter) {

    OverseasSettings {
        if (cancelFinishedAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "wonflow.sandbox.overseas.cancel-finished-after: " + cancelFinishedAfter + " (expected: >= 0)");
        }
    }
}
