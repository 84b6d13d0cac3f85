package dev.wonflow.sandbox.state;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of snapshots.
 *
 * @param capacity number of snapshots kept, in memory only; one more is refused
 */
@ConfigurationProperties("wonflow.sandbox.snapshot")
record SnapshotSettings(@DefaultValue("20") int capacity) {

    SnapshotSettings {
        if (capacity < 1) {
            throw new IllegalArgumentException("wonflow.sandbox.snapshot.capacity: " + capacity + " (expected: >= 1)");
        }
    }
}
