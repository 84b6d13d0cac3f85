package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.server.RealServers;
import dev.wonflow.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.test.annotation.DirtiesContext;

@RealServers
@DirtiesContext
@SpringBootTest(
        classes = FailingMessagesIT.TrialApplication.class,
        properties = {
            "wonflow.inbox.max-retries=3",
            "wonflow.inbox.retry-delay=50ms",
            "wonflow.inbox.retry-max-delay=500ms",
            "wonflow.inbox.standstill-limit=1s",
            "wonflow.inbox.dead-letter-timeout=1s",
            // A database that is away must be noticed within the test.
            "spring.datasource.hikari.connection-timeout=500",
            "spring.datasource.hikari.maximum-pool-size=3"
        })
class FailingMessagesIT {

    static final String TRIALS = "inbox-trials";
    static final String ORPHANS = "inbox-orphans";
    static final String DEATHS = "inbox-deaths";

    private static final int PARTITIONS = 3;
    private static final byte[] NOT_TEXT = {(byte) 0xff, 0, 0x7b};

    private static Admin admin;
    private static Producer<byte[], byte[]> producer;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private InboxHealthIndicator health;

    @Autowired
    private ApplicationAvailability availability;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    @BeforeAll
    static void createTopics() throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers());
        admin = Admin.create(settings);
        create(TRIALS, TRIALS + "-dlt", ORPHANS, DEATHS);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void closeClients() {
        producer.close();
        admin.close();
    }

    @Test
    void poison_goes_to_the_dead_letters_as_it_came_and_the_consumer_goes_on() throws Exception {
        ProducerRecord<byte[], byte[]> poison = new ProducerRecord<>(TRIALS, 2, "key".getBytes(UTF_8), NOT_TEXT);
        poison.headers().add("ce_id", "poison-1".getBytes(UTF_8)).add("raw", NOT_TEXT);
        producer.send(poison).get();
        send(TRIALS, 2, "after-poison", "good");

        soon("message after the poison").until(() -> isEffective("after-poison"));

        ConsumerRecord<byte[], byte[]> letter = deadLetter(TRIALS, "poison-1");
        assertThat(letter.partition()).isEqualTo(2);
        assertThat(letter.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(letter.value()).isEqualTo(NOT_TEXT);
        assertThat(letter.headers().lastHeader("raw").value()).isEqualTo(NOT_TEXT);
        assertThat(MessageHeaders.optional(letter, DeadLetterHeaders.REASON))
                .hasValue("value: not a word (expected: good, bug or death)");
        assertThat(MessageHeaders.optional(letter, DeadLetterHeaders.CONSUMER)).hasValue("trials");
        assertThat(MessageHeaders.optional(letter, DeadLetterHeaders.PARTITION)).hasValue("2");
        assertThat(Trials.attempts("poison-1")).isEqualTo(1);
    }

    @Test
    void unexpected_failure_is_retried_a_bounded_number_of_times() throws Exception {
        send(TRIALS, 0, "bug-1", "bug");
        send(TRIALS, 0, "after-bug", "good");

        soon("message after the bug").until(() -> isEffective("after-bug"));

        assertThat(MessageHeaders.optional(deadLetter(TRIALS, "bug-1"), DeadLetterHeaders.REASON))
                .hasValue("nobody thought of this");
        assertThat(Trials.attempts("bug-1")).isEqualTo(4);
    }

    @Test
    void message_after_a_silence_is_handled_at_once() throws Exception {
        send(TRIALS, 1, "before-silence", "good");
        soon("message before the silence").until(() -> isEffective("before-silence"));
        // Longer than the broker lets a request for messages wait.
        Awaitility.await("silence")
                .pollDelay(RestingConsumer.FETCH_WAIT.multipliedBy(2))
                .until(() -> true);

        send(TRIALS, 1, "after-silence", "good");

        Awaitility.await("message after the silence")
                .atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> isEffective("after-silence"));
    }

    /** A consumer that asks the broker once and then sleeps would miss what comes meanwhile. */
    @Test
    void listener_that_rests_is_always_asking_for_messages() {
        soon("first look").until(() -> fetches() > 0);
        double before = fetches();
        Awaitility.await("silence")
                .pollDelay(RestingConsumer.FETCH_WAIT.multipliedBy(7))
                .until(() -> true);

        // Seven, if none is late.
        assertThat(fetches() - before).isGreaterThan(4);
    }

    private double fetches() {
        return requireNonNull(listeners.getListenerContainer("trials")).metrics().values().stream()
                .flatMap(metrics -> metrics.entrySet().stream())
                .filter(metric -> metric.getKey().name().equals("fetch-total")
                        && !metric.getKey().tags().containsKey("topic"))
                .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
                .sum();
    }

    @Test
    void message_delivered_twice_has_one_effect() throws Exception {
        send(TRIALS, 1, "twice", "good");
        send(TRIALS, 0, "twice", "good");
        send(TRIALS, 0, "after-twice-0", "good");
        send(TRIALS, 1, "after-twice-1", "good");

        soon("both partitions").until(() -> isEffective("after-twice-0") && isEffective("after-twice-1"));

        assertThat(effects("twice")).isEqualTo(1);
    }

    @Test
    void nothing_is_dead_lettered_while_the_database_is_away_and_everything_is_handled_when_it_is_back()
            throws Exception {
        String name = jdbc.sql("SELECT current_database()").query(String.class).single();
        var server = TestServers.postgres().administration();
        server.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        try {
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            for (int partition = 0; partition < PARTITIONS; partition++) {
                send(TRIALS, partition, "healthy-" + partition, "good");
            }
            soon("unhealthy").until(() -> health.health().getStatus().equals(Status.DOWN));
            assertThat(health.health().getDetails()).containsEntry("waitsFor", "database or broker");
            assertThat(availability.getLivenessState()).isEqualTo(LivenessState.CORRECT);
            // Longer than all retries of an unexpected failure together would take.
            Awaitility.await("no end")
                    .during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> health.health().getStatus().equals(Status.DOWN));
        } finally {
            server.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
        }

        // The pool needs a moment to notice, for the test's own questions too.
        soon("all messages")
                .ignoreExceptionsInstanceOf(DataAccessException.class)
                .until(() -> isEffective("healthy-0") && isEffective("healthy-1") && isEffective("healthy-2"));
        soon("healthy again").until(() -> health.health().getStatus().equals(Status.UP));
        assertThat(Letters.of(TRIALS))
                .noneMatch(letter -> MessageHeaders.id(letter).startsWith("healthy-"));
    }

    @Test
    void message_stays_ours_until_the_broker_takes_its_dead_letter() throws Exception {
        send(ORPHANS, 0, "orphan-1", "nonsense");
        send(ORPHANS, 0, "after-orphan", "good");

        soon("unhealthy").until(() -> health.health().getStatus().equals(Status.DOWN));
        assertThat(health.health().getDetails())
                .containsEntry("waitsFor", "dead-letter topic")
                .containsEntry("refusedBy", ORPHANS + "-dlt")
                .containsEntry("consumer", "orphans");
        assertThat(committed("orphans", ORPHANS, 0)).isNotPositive();

        create(ORPHANS + "-dlt");

        soon("message after the orphan").until(() -> isEffective("after-orphan"));
        soon("letter of the orphan").until(() -> committed("orphans", ORPHANS, 0) == 2);
        assertThat(deadLetter(ORPHANS, "orphan-1").value()).isEqualTo("nonsense".getBytes(UTF_8));
    }

    @Test
    void listener_that_died_makes_the_service_unhealthy_and_not_alive() throws Exception {
        send(DEATHS, 0, "death-1", "death");

        soon("dead").until(() -> availability.getLivenessState() == LivenessState.BROKEN);
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails()).containsEntry("stopped", List.of("deaths"));

        // For the other tests: what killed it is gone, as after a restart with a corrected version.
        Trials.cured = true;
        listeners.getListenerContainers().forEach(Lifecycle::start);
        AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
        soon("alive again").until(() -> isEffective("death-1"));
    }

    private static long committed(String group, String topic, int partition) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        OffsetAndMetadata offset = offsets.get(new TopicPartition(topic, partition));
        return offset == null ? 0 : offset.offset();
    }

    private static ConditionFactory soon(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }

    private boolean isEffective(String id) {
        return effects(id) > 0;
    }

    private int effects(String id) {
        return jdbc.sql("SELECT count(*) FROM effect WHERE id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    private static void send(String topic, int partition, String id, String value)
            throws InterruptedException, ExecutionException {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8));
        message.headers().add("ce_id", id.getBytes(UTF_8));
        producer.send(message).get();
    }

    /** Messages behind one that was put away do not wait until its letter has arrived. */
    private static ConsumerRecord<byte[], byte[]> deadLetter(String topic, String id) {
        return soon("dead letter of " + id)
                .until(
                        () -> Letters.of(topic).stream()
                                .filter(letter -> MessageHeaders.id(letter).equals(id))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static void create(String... topics) throws InterruptedException, ExecutionException {
        admin.createTopics(List.of(topics).stream()
                        .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                        .toList())
                .all()
                .get();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Trials.class)
    static class TrialApplication {

        TrialApplication(JdbcClient jdbc) {
            InboxTables.create(jdbc);
            jdbc.sql("CREATE TABLE effect (id text NOT NULL)").update();
        }
    }

    /** Does what a message says. */
    static class Trials {

        private static final List<String> SEEN = new CopyOnWriteArrayList<>();

        static volatile boolean cured;

        private final Inbox inbox;
        private final JdbcClient jdbc;

        Trials(Inbox inbox, JdbcClient jdbc) {
            this.inbox = inbox;
            this.jdbc = jdbc;
        }

        static long attempts(String id) {
            return SEEN.stream().filter(id::equals).count();
        }

        @KafkaListener(id = "trials", topics = TRIALS)
        void onTrial(ConsumerRecord<byte[], byte[]> message) {
            handle("trials", message);
        }

        @KafkaListener(id = "orphans", topics = ORPHANS)
        void onOrphan(ConsumerRecord<byte[], byte[]> message) {
            handle("orphans", message);
        }

        @KafkaListener(id = "deaths", topics = DEATHS)
        void onDeath(ConsumerRecord<byte[], byte[]> message) {
            handle("deaths", message);
        }

        private void handle(String consumer, ConsumerRecord<byte[], byte[]> message) {
            String id = MessageHeaders.id(message);
            SEEN.add(id);
            inbox.once(consumer, message, () -> act(id, message));
        }

        private void act(String id, ConsumerRecord<byte[], byte[]> message) {
            switch (new String(message.value(), UTF_8)) {
                case "good" -> effect(id);
                case "bug" -> throw new IllegalStateException("nobody thought of this");
                case "death" -> {
                    if (!cured) {
                        throw new NoClassDefFoundError("planted");
                    }
                    effect(id);
                }
                default -> throw new UnreadableMessage("value: not a word (expected: good, bug or death)");
            }
        }

        private void effect(String id) {
            jdbc.sql("INSERT INTO effect VALUES (:id)").param("id", id).update();
        }
    }
}
