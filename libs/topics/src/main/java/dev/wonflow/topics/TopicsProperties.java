package dev.wonflow.topics;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the topics: how new ones are made, and what existing ones must have at least.
 *
 * @param replicationFactor copies of each partition; a single broker can hold only 1
 * @param minInSyncReplicas copies that must have a record before it counts as written; 2 or more where there are
 *     several, since a record one broker alone has is lost with it
 * @param timeout longest wait for the broker
 * @param checkInterval pause between two looks whether all topics are still there
 */
@ConfigurationProperties("wonflow.topics")
record TopicsProperties(
        @DefaultValue("3") short replicationFactor,
        @DefaultValue("2") short minInSyncReplicas,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("15s") Duration checkInterval) {

    TopicsProperties {
        if (replicationFactor < 1) {
            throw new IllegalArgumentException(
                    "wonflow.topics.replication-factor: " + replicationFactor + " (expected: at least 1)");
        }
        if (minInSyncReplicas < 1 || minInSyncReplicas > replicationFactor) {
            throw new IllegalArgumentException("wonflow.topics.min-in-sync-replicas: " + minInSyncReplicas
                    + " (expected: 1 to " + replicationFactor + ", the replication factor)");
        }
        if (replicationFactor > 1 && minInSyncReplicas == 1) {
            throw new IllegalArgumentException("wonflow.topics.min-in-sync-replicas: 1 (expected: 2 to "
                    + replicationFactor + ", or what one broker alone has is lost with it)");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("wonflow.topics.timeout: " + timeout + " (expected: > 0)");
        }
        if (!checkInterval.isPositive()) {
            throw new IllegalArgumentException("wonflow.topics.check-interval: " + checkInterval + " (expected: > 0)");
        }
    }

    /** Copies that must have a record of a topic before it counts as written, where the topic has so many in all. */
    int demandedInSync(int copies) {
        return copies == 1 ? 1 : Math.max(2, Math.min(minInSyncReplicas, copies));
    }
}
