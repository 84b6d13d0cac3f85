package dev.wonflow.sandbox.fault;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of faults.
 *
 * @param capacity number of faults that can be armed at once; one more is refused
 * @param profile name of the profile that is armed from the start
 */
@ConfigurationProperties("wonflow.sandbox.fault")
record FaultSettings(
        @DefaultValue("1000") int capacity, @Nullable String profile) {

    FaultSettings {
        if (capacity < 1) {
            throw new IllegalArgumentException("wonflow.sandbox.fault.capacity: " + capacity + " (expected: >= 1)");
        }
        if (profile != null && FaultProfile.named(profile).isEmpty()) {
            throw new IllegalArgumentException(
                    "wonflow.sandbox.fault.profile: " + profile + " (expected: one of " + FaultProfile.names() + ")");
        }
    }
}
