package dev.wonflow.sandbox.call;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the call log.
 *
 * @param capacity number of calls kept; beyond it the oldest is forgotten
 */
@ConfigurationProperties("wonflow.sandbox.call")
record CallSettings(@DefaultValue("10000") int capacity) {

    CallSettings {
        if (capacity < 1) {
            throw new IllegalArgumentException("wonflow.sandbox.call.capacity: " + capacity + " (expected: >= 1)");
        }
    }
}
