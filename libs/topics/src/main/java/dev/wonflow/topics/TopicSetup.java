package dev.wonflow.topics;

import dev.wonflow.topics.DeclaredTopics.Topic;
import dev.wonflow.topics.Demands.Shortcoming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Brings the broker's topics in line with the declared ones, before any listener or relay starts. */
final class TopicSetup implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final DeclaredTopics declared;
    private final Demands demands;
    private final TopicsProperties properties;
    private final Map<String, Object> clientSettings;
    private final Map<String, Set<Uuid>> seen = new ConcurrentHashMap<>();
    private final Set<String> replaced = new ConcurrentSkipListSet<>();

    TopicSetup(DeclaredTopics declared, TopicsProperties properties, Map<String, Object> clientSettings) {
        this.declared = declared;
        this.demands = new Demands(declared, properties);
        this.properties = properties;
        this.clientSettings = new HashMap<>(clientSettings);
        int limitMillis = Math.toIntExact(properties.timeout().toMillis());
        this.clientSettings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, limitMillis);
        this.clientSettings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, limitMillis);
    }

    @Override
    public void afterSingletonsInstantiated() {
        try (Admin admin = connect()) {
            run(admin);
        }
    }

    Admin connect() {
        return Admin.create(clientSettings);
    }

    /**
     * Creates what is missing, and mends what is less than it must be. Services start side by side, so a topic may
     * appear between the look and the creation.
     *
     * @throws UnsuitableTopics if a topic exists that cannot carry what it is declared to carry; nothing is created
     *     then, unless it appeared in between
     */
    void run(Admin admin) {
        Map<String, TopicOnBroker> existing = lookUp(admin, declared.topics());
        check(admin, existing);
        createMissing(admin, existing);
    }

    /**
     * Does the same for a service that is running, to which a missing topic is worse than an unsuitable one.
     *
     * @throws UnsuitableTopics if a topic exists that cannot carry what it is declared to carry
     */
    void runAgain(Admin admin) {
        Map<String, TopicOnBroker> existing = lookUp(admin, declared.topics());
        createMissing(admin, existing);
        check(admin, existing);
    }

    /**
     * Topics found to be others than before since this was last asked. A broker that does not know a topic for a moment
     * proves nothing; another id does.
     */
    List<String> takeReplaced() {
        List<String> found = List.copyOf(replaced);
        replaced.removeAll(found);
        return found;
    }

    private void createMissing(Admin admin, Map<String, TopicOnBroker> existing) {
        List<Topic> missing = declared.topics().stream()
                .filter(topic -> !existing.containsKey(topic.name()))
                .toList();
        if (!missing.isEmpty()) {
            List<Topic> ofOthers = create(admin, missing, existing);
            if (!ofOthers.isEmpty()) {
                check(admin, lookUpUntilSeen(admin, ofOthers));
            }
        }
    }

    /** The broker asked may hear of a topic later than it was made. What was not seen must not pass for suitable. */
    private Map<String, TopicOnBroker> lookUpUntilSeen(Admin admin, List<Topic> topics) {
        long start = System.nanoTime();
        Map<String, TopicOnBroker> found = lookUp(admin, topics);
        while (found.size() < topics.size()) {
            if (System.nanoTime() - start > properties.timeout().toNanos()) {
                throw new IllegalStateException("Kafka at " + clientSettings.get("bootstrap.servers") + ": topics "
                        + unseen(topics, found) + " exist and were not seen within " + properties.timeout());
            }
            pause();
            found = lookUp(admin, topics);
        }
        return found;
    }

    private static List<String> unseen(List<Topic> topics, Map<String, TopicOnBroker> found) {
        return topics.stream()
                .map(Topic::name)
                .filter(name -> !found.containsKey(name))
                .toList();
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notReady("interrupted", e);
        }
    }

    /** Ids seen earlier do not count: a broker can be behind. */
    private void note(String topic, Uuid id) {
        Set<Uuid> ids = seen.computeIfAbsent(topic, _ -> ConcurrentHashMap.newKeySet());
        boolean isFirst = ids.isEmpty();
        if (!id.equals(Uuid.ZERO_UUID) && ids.add(id) && !isFirst) {
            replaced.add(topic);
        }
    }

    private void check(Admin admin, Map<String, TopicOnBroker> existing) {
        List<String> obstacles = demands.obstacles(existing);
        if (!obstacles.isEmpty()) {
            throw new UnsuitableTopics(obstacles);
        }
        List<Shortcoming> shortcomings = demands.shortcomings(existing);
        if (!shortcomings.isEmpty()) {
            mend(admin, shortcomings);
        }
    }

    private void mend(Admin admin, List<Shortcoming> shortcomings) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (Shortcoming shortcoming : shortcomings) {
            changes.computeIfAbsent(resource(shortcoming.topic()), _ -> new ArrayList<>())
                    .add(new AlterConfigOp(
                            new ConfigEntry(shortcoming.setting(), shortcoming.demanded()), AlterConfigOp.OpType.SET));
        }
        try {
            await(admin.incrementalAlterConfigs(changes).all());
        } catch (ExecutionException e) {
            throw new UnsuitableTopics(
                    shortcomings.stream().map(Shortcoming::toString).toList(), e.getCause());
        }
        shortcomings.forEach(shortcoming -> log.warn("Mended {}", shortcoming));
    }

    private Map<String, TopicOnBroker> lookUp(Admin admin, List<Topic> topics) {
        Map<String, TopicDescription> descriptions = new TreeMap<>();
        admin.describeTopics(topics.stream().map(Topic::name).toList())
                .topicNameValues()
                .forEach((name, answer) -> {
                    try {
                        TopicDescription description = await(answer);
                        descriptions.put(name, description);
                        note(name, description.topicId());
                    } catch (ExecutionException e) {
                        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                            throw notReady("topic " + name + " could not be looked up", e);
                        }
                    }
                });
        Map<String, TopicOnBroker> existing = new TreeMap<>();
        admin.describeConfigs(
                        descriptions.keySet().stream().map(TopicSetup::resource).toList())
                .values()
                .forEach((resource, answer) -> {
                    try {
                        TopicDescription description = descriptions.get(resource.name());
                        if (description != null) {
                            existing.put(
                                    resource.name(),
                                    onBroker(description, await(answer).entries()));
                        }
                    } catch (ExecutionException e) {
                        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                            throw notReady("settings of topic " + resource.name() + " could not be looked up", e);
                        }
                    }
                });
        return existing;
    }

    private static TopicOnBroker onBroker(TopicDescription description, Collection<ConfigEntry> settings) {
        return new TopicOnBroker(
                description.partitions().size(),
                description.partitions().stream()
                        .mapToInt(partition -> partition.replicas().size())
                        .min()
                        .orElse(0),
                settings.stream()
                        .filter(setting -> setting.value() != null)
                        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
    }

    /** Answers which of them someone else has made in the meantime. */
    private List<Topic> create(Admin admin, List<Topic> missing, Map<String, TopicOnBroker> existing) {
        Set<String> ofOthers = new HashSet<>();
        CreateTopicsResult answers = admin.createTopics(missing.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), properties.replicationFactor())
                        .configs(demands.settings(topic, existing)))
                .toList());
        for (Map.Entry<String, KafkaFuture<Void>> answer : answers.values().entrySet()) {
            String name = answer.getKey();
            try {
                await(answer.getValue());
                log.info("Topic {} created", name);
                noteCreated(name, answers.topicId(name));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw notReady("topic " + name + " could not be created", e);
                }
                ofOthers.add(name);
            }
        }
        return missing.stream().filter(topic -> ofOthers.contains(topic.name())).toList();
    }

    private void noteCreated(String topic, KafkaFuture<Uuid> id) {
        try {
            note(topic, await(id));
        } catch (ExecutionException e) {
            // Told only to those who may read settings as well; the next look will see it.
            log.debug("Id of topic {} was not told", topic, e);
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
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
