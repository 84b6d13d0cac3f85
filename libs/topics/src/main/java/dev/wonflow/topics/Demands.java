package dev.wonflow.topics;

import dev.wonflow.topics.DeclaredTopics.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * What topics must have, so that nothing in them is lost or refused. Where an existing topic has more than that,
 * someone wanted it so, and it stays.
 */
final class Demands {

    private static final String FOR_EVER = "-1";

    private final DeclaredTopics declared;
    private final TopicsProperties properties;

    Demands(DeclaredTopics declared, TopicsProperties properties) {
        this.declared = declared;
        this.properties = properties;
    }

    /** A setting of an existing topic that is less than it must be; it can be changed while the topic is in use. */
    record Shortcoming(String topic, String setting, String found, String demanded) {

        @Override
        public String toString() {
            return "topic " + topic + ": " + setting + " " + found + " (expected: " + demanded + ")";
        }
    }

    /** What is wrong with existing topics and cannot be mended by a setting. */
    List<String> obstacles(Map<String, TopicOnBroker> existing) {
        List<String> obstacles = new ArrayList<>();
        for (Topic topic : declared.topics()) {
            TopicOnBroker found = existing.get(topic.name());
            if (found != null && found.partitions() != topic.partitions()) {
                obstacles.add("topic " + topic.name() + ": " + found.partitions() + " partitions (expected: "
                        + topic.partitions() + ")");
            }
            if (found != null && found.copies() < properties.replicationFactor()) {
                obstacles.add("topic " + topic.name() + ": " + found.copies() + " copies (expected: "
                        + properties.replicationFactor() + ")");
            }
        }
        return obstacles;
    }

    /** What is wrong with the settings of existing topics. */
    List<Shortcoming> shortcomings(Map<String, TopicOnBroker> existing) {
        List<Shortcoming> shortcomings = new ArrayList<>();
        for (Topic topic : declared.topics()) {
            TopicOnBroker found = existing.get(topic.name());
            if (found != null) {
                Comparison comparison = new Comparison(topic.name(), found, shortcomings);
                if (!topic.compacted()) {
                    comparison
                            .atLeast(
                                    TopicConfig.RETENTION_MS_CONFIG,
                                    topic.retention().toMillis())
                            .exactly(TopicConfig.RETENTION_BYTES_CONFIG, FOR_EVER);
                }
                comparison
                        .exactly(TopicConfig.CLEANUP_POLICY_CONFIG, cleanUpPolicy(topic))
                        .atLeast(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, largestBatch(topic, existing))
                        .atLeast(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, properties.demandedInSync(found.copies()))
                        // Or a broker that lacks the newest records may become the one all others follow.
                        .exactly(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
            }
        }
        return shortcomings;
    }

    /** Settings of a topic that is made. */
    Map<String, String> settings(Topic topic, Map<String, TopicOnBroker> existing) {
        return Map.of(
                topic.compacted() ? TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG : TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(topic.retention().toMillis()),
                TopicConfig.CLEANUP_POLICY_CONFIG,
                cleanUpPolicy(topic),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Long.toString(largestBatch(topic, existing)),
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Short.toString(properties.minInSyncReplicas()));
    }

    private static String cleanUpPolicy(Topic topic) {
        return topic.compacted() ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE;
    }

    /** A source that takes more than declared needs dead letters that do so as well. */
    private static long largestBatch(Topic topic, Map<String, TopicOnBroker> existing) {
        @Nullable TopicOnBroker source = topic.isDeadLetters() ? existing.get(topic.source()) : null;
        return source == null
                ? topic.largestBatch()
                : Math.max(
                        topic.largestBatch(),
                        source.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG) + DeclaredTopics.DEAD_LETTER_ALLOWANCE);
    }

    /** One topic against its demands. */
    private record Comparison(String topic, TopicOnBroker found, List<Shortcoming> shortcomings) {

        Comparison atLeast(String setting, long demanded) {
            long value = found.number(setting);
            if (value < demanded && !FOR_EVER.equals(found.settings().get(setting))) {
                add(setting, Long.toString(demanded));
            }
            return this;
        }

        Comparison exactly(String setting, String demanded) {
            if (!demanded.equals(found.settings().get(setting))) {
                add(setting, demanded);
            }
            return this;
        }

        private void add(String setting, String demanded) {
            shortcomings.add(
                    new Shortcoming(topic, setting, found.settings().getOrDefault(setting, "not told"), demanded));
        }
    }
}
