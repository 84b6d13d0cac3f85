package dev.wonflow.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.server.TestServers;
import dev.wonflow.topics.DeclaredTopics.Topic;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

@ExtendWith(OutputCaptureExtension.class)
class TopicsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final TopicsProperties ONE_NODE = new TopicsProperties((short) 1, (short) 1, LIMIT, LIMIT);

    private static Admin admin;

    @BeforeAll
    static void connect() {
        admin = Admin.create(clientSettings());
    }

    @AfterAll
    static void disconnect() {
        admin.close();
    }

    @BeforeEach
    void begin_without_topics() throws Exception {
        Set<String> names = admin.listTopics().names().get(30, TimeUnit.SECONDS);
        admin.deleteTopics(names).all().get(30, TimeUnit.SECONDS);
        await().atMost(LIMIT)
                .until(() ->
                        admin.listTopics().names().get(30, TimeUnit.SECONDS).isEmpty());
    }

    @Test
    void a_starting_service_finds_every_declared_topic_made() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            assertThat(service.isActive()).isTrue();
        }

        Map<String, Integer> partitions = partitions();
        assertThat(partitions)
                .hasSameSizeAs(DeclaredTopics.read(new ClassPathResource("contracts/topics.json"))
                        .topics())
                .containsEntry("payment.events", 6)
                .containsEntry("payment.events-dlt", 6)
                .doesNotContainKey("subscription.events-dlt");
        assertThat(setting("payment.events", "retention.ms")).isEqualTo(Long.toString(WEEK.toMillis()));
        assertThat(setting("payment.events-dlt", "retention.ms"))
                .isEqualTo(Long.toString(Duration.ofDays(30).toMillis()));
        assertThat(setting("payment.events", "min.insync.replicas")).isEqualTo("1");
        assertThat(setting("payment.events", "cleanup.policy")).isEqualTo("delete");
        assertThat(setting("plan.catalogue", "cleanup.policy")).isEqualTo("compact");
        assertThat(setting("plan.catalogue", "max.compaction.lag.ms")).isEqualTo(Long.toString(WEEK.toMillis()));
    }

    @Test
    void a_second_start_changes_nothing() {
        start().close();
        start().close();
    }

    @Test
    void a_service_does_not_start_on_a_topic_with_other_partitions(CapturedOutput output) throws Exception {
        create(new NewTopic("order.events", 3, (short) 1));

        assertThatThrownBy(() -> start())
                .isInstanceOf(UnsuitableTopics.class)
                .hasMessage("topic order.events: 3 partitions (expected: 6)");
        assertThat(output).contains("topic order.events: 3 partitions (expected: 6)", "delete it and start");
        assertThat(partitions()).as("topics after a refused start").containsOnlyKeys("order.events");
    }

    @Test
    void a_service_does_not_start_on_dead_letters_with_other_partitions_than_their_source() throws Exception {
        create(new NewTopic("payment.events-dlt", 1, (short) 1));

        assertThatThrownBy(() -> start())
                .isInstanceOf(UnsuitableTopics.class)
                .hasMessage("topic payment.events-dlt: 1 partitions (expected: 6)");
    }

    @Test
    void dead_letters_take_more_than_their_source_can_hold() throws Exception {
        start().close();

        assertThat(setting("payment.events", "max.message.bytes")).isEqualTo("1048588");
        assertThat(setting("payment.events-dlt", "max.message.bytes")).isEqualTo("2097164");
    }

    @Test
    void settings_that_would_lose_or_refuse_something_are_mended_at_start(CapturedOutput output) throws Exception {
        create(
                "order.events",
                Map.of(
                        "retention.ms", "3600000",
                        "retention.bytes", "1000000",
                        "cleanup.policy", "compact",
                        "max.message.bytes", "1000",
                        "unclean.leader.election.enable", "true"));

        start().close();

        assertThat(setting("order.events", "retention.ms")).isEqualTo(Long.toString(WEEK.toMillis()));
        assertThat(setting("order.events", "retention.bytes")).isEqualTo("-1");
        assertThat(setting("order.events", "cleanup.policy")).isEqualTo("delete");
        assertThat(setting("order.events", "max.message.bytes")).isEqualTo("1048588");
        assertThat(setting("order.events", "unclean.leader.election.enable")).isEqualTo("false");
        assertThat(output).contains("Mended topic order.events: cleanup.policy compact (expected: delete)");
    }

    @Test
    void more_than_declared_stays_and_dead_letters_follow_a_larger_source() throws Exception {
        create("order.events", Map.of("retention.ms", "-1", "max.message.bytes", "5000000"));
        create("payment.events", Map.of("retention.ms", Long.toString(2 * WEEK.toMillis())));

        start().close();

        assertThat(setting("order.events", "retention.ms")).isEqualTo("-1");
        assertThat(setting("payment.events", "retention.ms")).isEqualTo(Long.toString(2 * WEEK.toMillis()));
        assertThat(setting("order.events", "max.message.bytes")).isEqualTo("5000000");
        assertThat(setting("order.events-dlt", "max.message.bytes")).isEqualTo("6048576");
    }

    @Test
    void deleted_topic_is_made_again_and_health_tells_of_it() throws Exception {
        try (ConfigurableApplicationContext service = start("wonflow.topics.check-interval=200ms")) {
            TopicsHealthIndicator health = service.getBean(TopicsHealthIndicator.class);
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            assertThat(health.health().getDetails()).isEmpty();

            admin.deleteTopics(List.of("payment.events")).all().get(30, TimeUnit.SECONDS);

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(health.health().getDetails())
                            .extractingByKey("madeAgain")
                            .asInstanceOf(InstanceOfAssertFactories.MAP)
                            .containsOnlyKeys("payment.events"));
            // The broker lists a new topic a moment later.
            await().atMost(LIMIT).until(() -> partitions().getOrDefault("payment.events", 0) == 6);
            assertThat(setting("payment.events", "retention.ms")).isEqualTo(Long.toString(WEEK.toMillis()));
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void topic_that_cannot_be_mended_makes_the_service_unhealthy_and_is_named() throws Exception {
        try (ConfigurableApplicationContext service = start("wonflow.topics.check-interval=200ms")) {
            TopicsHealthIndicator health = service.getBean(TopicsHealthIndicator.class);

            admin.createPartitions(Map.of("payment.events", NewPartitions.increaseTo(7)))
                    .all()
                    .get(30, TimeUnit.SECONDS);

            await().atMost(LIMIT).until(() -> health.health().getStatus().equals(Status.DOWN));
            assertThat(health.health().getDetails())
                    .containsEntry("finding", "topic payment.events: 7 partitions (expected: 6)");
        }
    }

    @Test
    void topic_a_broker_does_not_know_for_a_moment_is_not_said_to_have_lost_its_records() {
        DeclaredTopics declared = new DeclaredTopics(List.of(new Topic("known-to-most", 1, WEEK)));
        TopicSetup setup = new TopicSetup(declared, ONE_NODE, clientSettings());
        setup.afterSingletonsInstantiated();
        AtomicInteger blindLooks = new AtomicInteger(1);

        setup.runAgain(blind(blindLooks));

        assertThat(blindLooks).as("looks of a broker that is behind").hasValue(0);
        assertThat(setup.takeReplaced()).isEmpty();
    }

    @Test
    void topic_someone_else_has_made_again_has_lost_its_records_all_the_same() throws Exception {
        DeclaredTopics declared = new DeclaredTopics(List.of(new Topic("made-by-others", 1, WEEK)));
        TopicSetup setup = new TopicSetup(declared, ONE_NODE, clientSettings());
        setup.afterSingletonsInstantiated();
        admin.deleteTopics(List.of("made-by-others")).all().get(30, TimeUnit.SECONDS);
        new TopicSetup(declared, ONE_NODE, clientSettings()).afterSingletonsInstantiated();

        await().atMost(LIMIT).untilAsserted(() -> {
            setup.runAgain(admin);
            assertThat(setup.takeReplaced()).containsExactly("made-by-others");
        });
        setup.runAgain(admin);
        assertThat(setup.takeReplaced()).as("told once").isEmpty();
    }

    @Test
    void missing_topic_is_made_again_beside_one_that_cannot_be_mended() throws Exception {
        DeclaredTopics declared =
                new DeclaredTopics(List.of(new Topic("unsuitable", 1, WEEK), new Topic("missing", 1, WEEK)));
        TopicSetup setup = new TopicSetup(declared, ONE_NODE, clientSettings());
        setup.afterSingletonsInstantiated();
        admin.createPartitions(Map.of("unsuitable", NewPartitions.increaseTo(2)))
                .all()
                .get(30, TimeUnit.SECONDS);
        admin.deleteTopics(List.of("missing")).all().get(30, TimeUnit.SECONDS);

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThatThrownBy(() -> setup.runAgain(admin)).isInstanceOf(UnsuitableTopics.class);
            assertThat(setup.takeReplaced()).containsExactly("missing");
        });
    }

    @Test
    void each_new_finding_is_told_and_none_twice(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext service = start("wonflow.topics.check-interval=100ms")) {
            TopicsHealthIndicator health = service.getBean(TopicsHealthIndicator.class);
            widen("payment.events", health);
            widen("order.events", health);
        }

        assertThat(output.getAll().lines().filter(line -> line.contains("UnsuitableTopics: topic payment.events")))
                .hasSize(1);
        assertThat(output.getAll().lines().filter(line -> line.contains("UnsuitableTopics: topic order.events")))
                .hasSize(1);
    }

    private static void widen(String topic, TopicsHealthIndicator health) throws Exception {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(7))).all().get(30, TimeUnit.SECONDS);
        await().atMost(LIMIT)
                .until(() -> String.valueOf(health.health().getDetails().get("finding"))
                        .contains("topic " + topic + ": 7 partitions"));
    }

    /** The client of a broker that is behind: so many looks find nothing. */
    private static Admin blind(AtomicInteger looks) {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (_, method, arguments) -> {
                    if (method.getName().equals("describeTopics")
                            && looks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        return new UnknownTopics((Collection<?>) arguments[0]);
                    }
                    return method.invoke(admin, arguments);
                });
    }

    private static final class UnknownTopics extends DescribeTopicsResult {

        UnknownTopics(Collection<?> names) {
            super(null, names.stream().map(String::valueOf).collect(Collectors.toMap(Function.identity(), _ -> {
                KafkaFutureImpl<TopicDescription> answer = new KafkaFutureImpl<>();
                answer.completeExceptionally(new UnknownTopicOrPartitionException("behind"));
                return answer;
            })));
        }
    }

    @Test
    void topic_someone_else_makes_at_the_same_moment_is_checked_though_the_broker_is_behind() throws Exception {
        create(new NewTopic("made-by-another", 3, (short) 1));
        DeclaredTopics declared = new DeclaredTopics(List.of(new Topic("made-by-another", 6, WEEK)));
        AtomicInteger blindLooks = new AtomicInteger(3);

        assertThatThrownBy(() -> new TopicSetup(declared, ONE_NODE, clientSettings()).run(blind(blindLooks)))
                .isInstanceOf(UnsuitableTopics.class)
                .hasMessage("topic made-by-another: 3 partitions (expected: 6)");
        assertThat(blindLooks).as("looks of a broker that is behind").hasValue(0);
    }

    @Test
    void topic_that_is_said_to_exist_and_never_seen_ends_the_start_after_the_longest_wait() throws Exception {
        create(new NewTopic("never-seen", 6, (short) 1));
        DeclaredTopics declared = new DeclaredTopics(List.of(new Topic("never-seen", 6, WEEK)));
        TopicsProperties hurried = new TopicsProperties((short) 1, (short) 1, Duration.ofSeconds(2), LIMIT);

        assertThatThrownBy(() -> new TopicSetup(declared, hurried, clientSettings())
                        .run(blind(new AtomicInteger(Integer.MAX_VALUE))))
                .hasMessageContaining("topics [never-seen] exist and were not seen within PT2S");
    }

    @Test
    void services_that_start_together_all_succeed() throws Exception {
        DeclaredTopics declared = new DeclaredTopics(List.of(new Topic("raced", 2, WEEK)));
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService services = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> starts = List.of(1, 2, 3, 4, 5, 6).stream()
                    .<Future<?>>map(_ -> services.submit(() -> {
                        go.await();
                        new TopicSetup(declared, ONE_NODE, clientSettings()).afterSingletonsInstantiated();
                        return null;
                    }))
                    .toList();
            go.countDown();
            for (Future<?> start : starts) {
                start.get(30, TimeUnit.SECONDS);
            }
        }

        // The broker lists a new topic a moment later.
        await().atMost(LIMIT).untilAsserted(() -> assertThat(partitions()).containsEntry("raced", 2));
    }

    @Test
    void a_replication_the_broker_cannot_give_is_an_error_that_names_the_topic() {
        TopicsProperties three = new TopicsProperties((short) 3, (short) 2, LIMIT, LIMIT);
        DeclaredTopics declared = new DeclaredTopics(List.of(new Topic("too-many-copies", 1, WEEK)));

        assertThatThrownBy(() -> new TopicSetup(declared, three, clientSettings()).afterSingletonsInstantiated())
                .hasMessageContaining("topic too-many-copies could not be created");
    }

    @Test
    void a_broker_that_does_not_answer_is_named() {
        TopicsProperties hurried = new TopicsProperties((short) 1, (short) 1, Duration.ofSeconds(1), LIMIT);
        Map<String, Object> nobody = Map.of("bootstrap.servers", "127.0.0.1:1");
        DeclaredTopics declared = new DeclaredTopics(List.of(new Topic("unreachable", 1, WEEK)));

        long start = System.nanoTime();
        assertThatThrownBy(() -> new TopicSetup(declared, hurried, nobody).afterSingletonsInstantiated())
                .hasMessageContaining("Kafka at 127.0.0.1:1: topic unreachable could not be looked up");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    private static void create(String topic, Map<String, String> settings) throws Exception {
        create(new NewTopic(topic, 6, (short) 1).configs(settings));
    }

    /** Makes a topic that every look finds: the controller knows it a moment before the broker does. */
    private static void create(NewTopic topic) throws Exception {
        admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        await().atMost(LIMIT).until(() -> partitions().containsKey(topic.name()));
    }

    private static ConfigurableApplicationContext start(String... more) {
        SpringApplication service = new SpringApplicationBuilder(Service.class)
                .properties(more)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.kafka.bootstrap-servers=" + TestServers.kafka().bootstrapServers(),
                        "wonflow.topics.replication-factor=1",
                        "wonflow.topics.min-in-sync-replicas=1")
                .build();
        return service.run();
    }

    private static Map<String, Integer> partitions() throws Exception {
        Set<String> names = admin.listTopics().names().get(30, TimeUnit.SECONDS);
        return admin.describeTopics(names).allTopicNames().get(30, TimeUnit.SECONDS).values().stream()
                .collect(Collectors.toMap(
                        TopicDescription::name, topic -> topic.partitions().size()));
    }

    /** A broker may be asked before it has heard of a topic the controller has made. */
    private static String setting(String topic, String name) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return await().atMost(LIMIT)
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .until(() -> value(resource, name), Objects::nonNull);
    }

    private static String value(ConfigResource resource, String name) throws Exception {
        Map<ConfigResource, Config> configs =
                admin.describeConfigs(List.of(resource)).all().get(30, TimeUnit.SECONDS);
        return configs.values().iterator().next().get(name).value();
    }

    private static Map<String, Object> clientSettings() {
        return Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers());
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({KafkaAutoConfiguration.class, TopicsAutoConfiguration.class})
    static class Service {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
