package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.server.RealServers;
import dev.wonflow.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.annotation.DirtiesContext;

/** What happens in the middle of a poll whose messages are in one transaction. */
@RealServers
@DirtiesContext
@SpringBootTest(
        classes = BatchedFaultsIT.LoomApplication.class,
        properties = {
            "wonflow.inbox.max-retries=2",
            "wonflow.inbox.retry-delay=50ms",
            "wonflow.inbox.retry-max-delay=200ms",
            "wonflow.inbox.standstill-limit=1s",
            // A database that is away must be noticed within the test.
            "spring.datasource.hikari.connection-timeout=500"
        })
class BatchedFaultsIT {

    static final String CUTS = "loom-cuts";
    static final String DEATHS = "loom-deaths";
    static final String SHIFTS = "loom-shifts";
    static final String RELIEF = "loom-relief";
    static final String CROSSINGS = "loom-crossings";

    private static final int MIDDLE = 5;
    private static final int COUNT = 10;

    private static Admin admin;
    private static Producer<byte[], byte[]> producer;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    @Autowired
    private InboxHealthIndicator health;

    @Autowired
    private ApplicationAvailability availability;

    @Autowired
    private ApplicationContext context;

    @BeforeAll
    static void createTopics() throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers());
        admin = Admin.create(settings);
        admin.createTopics(List.of(CUTS, CUTS + "-dlt", DEATHS, SHIFTS, CROSSINGS).stream()
                        .map(topic -> new NewTopic(topic, topic.equals(CROSSINGS) ? 2 : 1, (short) 1))
                        .toList())
                .all()
                .get();
        // What is sent before a flush comes in one poll.
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers(), "linger.ms", 10_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void closeClients() {
        producer.close();
        admin.close();
    }

    @AfterEach
    void stopListeners() {
        listeners.getListenerContainers().forEach(MessageListenerContainer::stop);
    }

    @Test
    @Tag("F8")
    void database_that_goes_away_in_the_middle_takes_all_effects_with_it_and_each_comes_once_when_it_is_back() {
        String database =
                jdbc.sql("SELECT current_database()").query(String.class).single();
        send(CUTS, "cut");
        try {
            Loom.cut = () -> TestServers.postgres().shut(database);
            start(CUTS);
            soon("partition stands still").until(() -> status().equals(Status.DOWN));
            assertThat(health.health().getDetails()).containsEntry("waitsFor", "database or broker");
            assertThat(Loom.MIDDLES).as("effects when it went away").containsEntry("cut", MIDDLE + 1L);
        } finally {
            TestServers.postgres().open(database);
        }

        awaitEffects("cut");
        assertThat(effects("cut")).doesNotHaveDuplicates();
        assertThat(Letters.of(CUTS)).isEmpty();
        soon("healthy again").until(() -> status().equals(Status.UP));
    }

    @Test
    void error_in_the_middle_takes_all_effects_with_it_and_ends_the_listener_for_all_to_see() {
        send(DEATHS, "death");

        start(DEATHS);
        soon("dead").until(() -> availability.getLivenessState() == LivenessState.BROKEN);

        assertThat(Loom.MIDDLES).as("effects when it died").containsEntry("death", MIDDLE + 1L);
        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(effects("death")).isEmpty();

        // As after a restart with a corrected version.
        Loom.cured = true;
        AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
        start(DEATHS);
        awaitEffects("death");
        assertThat(effects("death")).doesNotHaveDuplicates();
    }

    @Test
    void partition_taken_away_in_the_middle_has_each_effect_once_though_two_consumers_have_its_messages() {
        send(SHIFTS, "slow");

        start(SHIFTS);
        soon("in the middle").untilTrue(Loom.IS_SLOW);
        // It does not ask for messages for so long that the group goes on without it.
        start(RELIEF);
        awaitEffects("slow");
        assertThat(Loom.OTHER_WAITED).as("other consumer at the same messages").isTrue();

        send(SHIFTS, "after");
        awaitEffects("after");
        assertThat(effects("slow")).doesNotHaveDuplicates();
        assertThat(effects("after")).doesNotHaveDuplicates();
    }

    @Test
    void batches_with_the_same_keys_in_opposite_orders_wait_for_each_other_and_never_in_a_circle() {
        start(CROSSINGS);
        soon("one partition for each consumer")
                .until(() -> container(CROSSINGS).getContainers().stream()
                        .allMatch(consumer -> Objects.requireNonNull(consumer.getAssignedPartitions())
                                        .size()
                                == 1));
        long before = deadlocks();
        add(CROSSINGS, 0, "cross-a", "cross");
        add(CROSSINGS, 0, "cross-b", "cross");
        add(CROSSINGS, 1, "cross-b", "cross");
        add(CROSSINGS, 1, "cross-a", "cross");
        producer.flush();

        soon("both").until(() -> effects("cross").size() == 2 && Loom.CROSSED.size() >= 4);

        assertThat(Loom.CROSSED).as("a rollback would have made it more").hasSize(4);
        assertThat(Loom.OVERLAPPED).as("both batches under way at once").isTrue();
        assertThat(effects("cross")).containsExactlyInAnyOrder("cross-a", "cross-b");
        assertThat(deadlocks()).isEqualTo(before);
    }

    private Status status() {
        return Objects.requireNonNull(health.health()).getStatus();
    }

    private long deadlocks() {
        return jdbc.sql("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
                .query(Long.class)
                .single();
    }

    private void start(String listener) {
        container(listener).start();
    }

    private ConcurrentMessageListenerContainer<?, ?> container(String listener) {
        return (ConcurrentMessageListenerContainer<?, ?>)
                Objects.requireNonNull(listeners.getListenerContainer(listener));
    }

    private void awaitEffects(String name) {
        soon("effects of " + name)
                // The pool needs a moment to notice that the database is back.
                .ignoreExceptionsInstanceOf(DataAccessException.class)
                .until(() -> effects(name).size() >= COUNT);
    }

    private List<@Nullable String> effects(String name) {
        return jdbc.sql("SELECT id FROM effect WHERE id LIKE :name ORDER BY id")
                .param("name", name + "-%")
                .query(String.class)
                .list();
    }

    /** One poll, in the middle of which something happens. */
    private static void send(String topic, String name) {
        IntStream.range(0, COUNT).forEach(i -> add(topic, 0, name + "-" + i, i == MIDDLE ? name : "good"));
        producer.flush();
    }

    private static void add(String topic, int partition, String id, String word) {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, partition, id.getBytes(UTF_8), word.getBytes(UTF_8));
        message.headers().add("ce_id", id.getBytes(UTF_8));
        var _ = producer.send(message);
    }

    private static ConditionFactory soon(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Loom.class)
    static class LoomApplication {

        LoomApplication(JdbcClient jdbc) {
            InboxTables.create(jdbc);
            jdbc.sql("CREATE TABLE effect (id text NOT NULL)").update();
        }
    }

    /** Has something happen at the message that says so, the first time. */
    static class Loom {

        private static final Map<String, Long> MIDDLES = new ConcurrentHashMap<>();
        private static final AtomicBoolean IS_SLOW = new AtomicBoolean();
        private static final AtomicBoolean OTHER_WAITED = new AtomicBoolean();
        private static final AtomicInteger CROSSING = new AtomicInteger();
        private static final AtomicBoolean OVERLAPPED = new AtomicBoolean();
        private static final List<String> CROSSED = new CopyOnWriteArrayList<>();

        private static volatile Runnable cut = () -> {};
        private static volatile boolean cured;

        private final Inbox inbox;
        private final JdbcClient jdbc;

        Loom(Inbox inbox, JdbcClient jdbc) {
            this.inbox = inbox;
            this.jdbc = jdbc;
        }

        @KafkaListener(id = CUTS, topics = CUTS, autoStartup = "false", containerPostProcessor = Inbox.BATCHED)
        void onCut(ConsumerRecord<byte[], byte[]> message) {
            handle(CUTS, message);
        }

        @KafkaListener(id = DEATHS, topics = DEATHS, autoStartup = "false", containerPostProcessor = Inbox.BATCHED)
        void onDeath(ConsumerRecord<byte[], byte[]> message) {
            handle(DEATHS, message);
        }

        @KafkaListener(
                id = SHIFTS,
                topics = SHIFTS,
                autoStartup = "false",
                containerPostProcessor = Inbox.BATCHED,
                properties = "max.poll.interval.ms=2000")
        void onShift(ConsumerRecord<byte[], byte[]> message) {
            handle(SHIFTS, message);
        }

        @KafkaListener(
                id = RELIEF,
                groupId = SHIFTS,
                topics = SHIFTS,
                autoStartup = "false",
                containerPostProcessor = Inbox.BATCHED)
        void onRelief(ConsumerRecord<byte[], byte[]> message) {
            handle(SHIFTS, message);
        }

        @KafkaListener(
                id = CROSSINGS,
                topics = CROSSINGS,
                concurrency = "2",
                autoStartup = "false",
                containerPostProcessor = Inbox.BATCHED)
        void onCrossing(ConsumerRecord<byte[], byte[]> message) {
            handle(CROSSINGS, message);
            CROSSED.add(MessageHeaders.id(message));
        }

        private void handle(String consumer, ConsumerRecord<byte[], byte[]> message) {
            inbox.once(consumer, message, () -> act(MessageHeaders.id(message), new String(message.value(), UTF_8)));
        }

        private void act(String id, String word) {
            jdbc.sql("INSERT INTO effect VALUES (:id)").param("id", id).update();
            switch (word) {
                case "good", "after" -> {}
                case "cut" -> {
                    noteMiddle("cut");
                    cut.run();
                    cut = () -> {};
                }
                case "death" -> {
                    if (!cured) {
                        noteMiddle("death");
                        throw new NoClassDefFoundError("planted");
                    }
                }
                case "slow" -> {
                    if (IS_SLOW.compareAndSet(false, true)) {
                        soon("other consumer waits").until(this::someoneWaits);
                        OTHER_WAITED.set(true);
                    }
                }
                case "cross" -> meetTheOther();
                default -> throw new UnreadableMessage("value: not a word");
            }
        }

        /** What this transaction has done so far, which nobody else can see. */
        private void noteMiddle(String name) {
            MIDDLES.putIfAbsent(
                    name,
                    jdbc.sql("SELECT count(*) FROM effect WHERE id LIKE :name")
                            .param("name", name + "-%")
                            .query(Long.class)
                            .single());
        }

        /** The other has locked something else by now, or waits for what we have. */
        private void meetTheOther() {
            CROSSING.incrementAndGet();
            if (!OVERLAPPED.get()) {
                soon("other batch").until(() -> CROSSING.get() > 1 || someoneWaits());
                OVERLAPPED.set(true);
            }
        }

        private boolean someoneWaits() {
            return jdbc.sql("SELECT count(*) FROM pg_stat_activity"
                                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                            .query(Long.class)
                            .single()
                    > 0;
        }
    }
}
