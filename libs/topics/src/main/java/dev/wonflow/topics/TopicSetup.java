package dev.wonflow.topics;

import dev.wonflow.topics.DeclaredTopics.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Brings the broker's topics in line with the declared ones, before any listener or relay starts. */
final class TopicSetup implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);

    private final DeclaredTopics declared;
    private final TopicsProperties properties;
    private final Map<String, Object> clientSettings;

    TopicSetup(DeclaredTopics declared, TopicsProperties properties, Map<String, Object> clientSettings) {
        this.declared = declared;
        this.properties = properties;
        this.clientSettings = new HashMap<>(clientSettings);
        int limitMillis = Math.toIntExact(properties.timeout().toMillis());
        this.clientSettings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, limitMillis);
        this.clientSettings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, limitMillis);
    }

    @Override
    public void afterSingletonsInstantiated() {
        try (Admin admin = Admin.create(clientSettings)) {
            run(admin);
        }
    }

    /**
     * Creates what is missing. Services start side by side, so a topic may appear between the look and the creation.
     *
     * @throws UnsuitableTopics if a topic exists with other partitions than declared
     */
    void run(Admin admin) {
        Map<String, Integer> existing = partitionsOnBroker(admin, declared.topics());
        UnsuitableTopics.throwIfAny(declared, existing);
        List<Topic> missing = declared.topics().stream()
                .filter(topic -> !existing.containsKey(topic.name()))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        if (!create(admin, missing)) {
            UnsuitableTopics.throwIfAny(declared, partitionsOnBroker(admin, missing));
        }
    }

    private Map<String, Integer> partitionsOnBroker(Admin admin, List<Topic> topics) {
        Map<String, Integer> partitions = new TreeMap<>();
        admin.describeTopics(topics.stream().map(Topic::name).toList())
                .topicNameValues()
                .forEach((name, answer) -> {
                    try {
                        TopicDescription description = await(answer);
                        partitions.put(name, description.partitions().size());
                    } catch (ExecutionException e) {
                        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                            throw notReady("topic " + name + " could not be looked up", e);
                        }
                    }
                });
        return partitions;
    }

    /** Answers whether all of them were created by us. */
    private boolean create(Admin admin, List<Topic> missing) {
        boolean allOurs = true;
        Map<String, KafkaFuture<Void>> answers = admin.createTopics(
                        missing.stream().map(this::newTopic).toList())
                .values();
        for (Map.Entry<String, KafkaFuture<Void>> answer : answers.entrySet()) {
            try {
                await(answer.getValue());
                log.info("Topic {} created", answer.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw notReady("topic " + answer.getKey() + " could not be created", e);
                }
                allOurs = false;
            }
        }
        return allOurs;
    }

    private NewTopic newTopic(Topic topic) {
        Map<String, String> configs = new HashMap<>(retention(topic));
        configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Short.toString(properties.minInSyncReplicas()));
        return new NewTopic(topic.name(), topic.partitions(), properties.replicationFactor()).configs(configs);
    }

    private static Map<String, String> retention(Topic topic) {
        String millis = Long.toString(topic.retention().toMillis());
        return topic.compacted()
                ? Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                        millis)
                : Map.of(TopicConfig.RETENTION_MS_CONFIG, millis);
    }

    /** Waits without a limit of its own: the client gives each answer up after {@link TopicsProperties#timeout}. */
    private <T> T await(KafkaFuture<T> answer) throws ExecutionException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notReady("interrupted", e);
        }
    }

    private IllegalStateException notReady(String what, Throwable cause) {
        return new IllegalStateException(
                "Kafka at " + clientSettings.get("bootstrap.servers") + ": " + what + " (" + cause.getMessage() + ")",
                cause);
    }
}
