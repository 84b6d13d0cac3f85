package dev.wonflow.topics;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for topics that do not exist yet; existing ones keep theirs.
 *
 * @param replicationFactor copies of each partition; a single broker can hold only 1
 * @param minInSyncReplicas copies that must have a record before it counts as written
 * @param timeout longest wait for the broker at start
 */
@ConfigurationProperties("wonflow.topics")
record TopicsProperties(
        @DefaultValue("3") short replicationFactor,
        @DefaultValue("2") short minInSyncReplicas,
        @DefaultValue("30s") Duration timeout) {

    TopicsProperties {
        if (replicationFactor < 1) {
            throw new IllegalArgumentException(
                    "wonflow.topics.replication-factor: " + replicationFactor + " (expected: at least 1)");
        }
        if (minInSyncReplicas < 1 || minInSyncReplicas > replicationFactor) {
            throw new IllegalArgumentException("wonflow.topics.min-in-sync-replicas: " + minInSyncReplicas
                    + " (expected: 1 to " + replicationFactor + ", the replication factor)");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("wonflow.topics.timeout: " + timeout + " (expected: > 0)");
        }
    }
}
