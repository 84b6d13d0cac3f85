package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.server.RealServers;
import dev.wonflow.testsupport.server.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A listener that takes one message at a time, with and without all messages of a poll in one transaction. */
@RealServers
@DirtiesContext
@SpringBootTest(
        classes = BatchedListenerIT.MillApplication.class,
        properties = {
            "wonflow.inbox.max-retries=2",
            "wonflow.inbox.retry-delay=50ms",
            "wonflow.inbox.retry-max-delay=100ms"
        })
class BatchedListenerIT {

    static final String TOGETHER = "mill-together";
    static final String APART = "mill-apart";
    static final String UNHURRIED = "mill-unhurried";

    private static final Logger log = LoggerFactory.getLogger(BatchedListenerIT.class);

    private static final int PARTITIONS = 3;

    private static Admin admin;
    private static Producer<byte[], byte[]> producer;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    @BeforeAll
    static void createTopics() throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers());
        admin = Admin.create(settings);
        admin.createTopics(Stream.of(TOGETHER, APART, UNHURRIED)
                        .flatMap(topic -> Stream.of(topic, topic + "-dlt"))
                        .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                        .toList())
                .all()
                .get();
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
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
    void messages_of_a_poll_have_their_effects_in_one_transaction() {
        send(TOGETHER, "together", 300, "good");

        start(TOGETHER);
        awaitEffects("together", 300);

        assertThat(transactions("together")).isLessThanOrEqualTo(30);
        assertThat(jdbc.sql("SELECT count(*) FROM inbox WHERE message_id LIKE 'together-%'")
                        .query(Long.class)
                        .single())
                .isEqualTo(300);
        // The second time all are known.
        send(TOGETHER, "together", 300, "good");
        send(TOGETHER, "afterwards", 3, "good");
        awaitEffects("afterwards", 3);
        assertThat(effects("together")).isEqualTo(300);
    }

    @Test
    void messages_that_come_one_after_another_are_gathered_for_a_listener_that_has_time() {
        send(UNHURRIED, "first", 1, "good");
        start(UNHURRIED);
        awaitEffects("first", 1);
        long begun = System.nanoTime();

        for (int i = 0; i < 90; i++) {
            send(UNHURRIED, i % PARTITIONS, "gathered-" + i, "good");
            producer.flush();
        }
        long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        awaitEffects("gathered", 90);

        log.info("90 messages within {} ms: {} transactions", took, transactions("gathered"));
        assertThat(transactions("gathered"))
                .as("for each second begun, at most one for each partition of an answer")
                .isLessThanOrEqualTo(PARTITIONS * (2 + took / 1_000));
    }

    @Test
    void message_nobody_can_handle_is_put_away_and_the_others_have_their_effect_once() {
        send(TOGETHER, "healthy", 60, "good");
        send(TOGETHER, "poison", 1, "poison");
        send(TOGETHER, "bug", 1, "bug");
        send(TOGETHER, "behind", 60, "good");

        start(TOGETHER);
        awaitEffects("healthy", 60);
        awaitEffects("behind", 60);

        soon("both letters")
                .until(() -> Letters.of(TOGETHER).stream()
                        .map(MessageHeaders::id)
                        .toList()
                        .containsAll(List.of("poison-0", "bug-0")));
        assertThat(jdbc.sql(
                                "SELECT id FROM effect WHERE id LIKE ANY (ARRAY['healthy-%', 'behind-%', 'poison-%', 'bug-%'])")
                        .query(String.class)
                        .list())
                .hasSize(120)
                .doesNotHaveDuplicates();
        assertThat(Mill.attempts("bug-0"))
                .as("alone, and once together with the others")
                .isBetween(3L, 4L);
    }

    @Test
    void message_that_has_to_wait_for_somebody_does_so_outside_of_any_transaction_and_each_has_its_effect_once() {
        send(TOGETHER, "calm", 30, "good");
        send(TOGETHER, "waiting", 1, "wait");
        send(TOGETHER, "following", 30, "good");

        start(TOGETHER);
        awaitEffects("calm", 30);
        awaitEffects("waiting", 1);
        awaitEffects("following", 30);

        assertThat(Mill.attempts("waiting-0"))
                .as("once together with others, which is the case to be tried, and once alone")
                .isEqualTo(2);
        assertThat(Mill.WAITED_WITHIN).containsExactly(false);
    }

    @Test
    void effects_of_one_partition_keep_their_order_around_a_message_that_is_tried_again() {
        IntStream.range(0, 20).forEach(i -> send(TOGETHER, 1, "ordered-" + i, i == 10 ? "twice" : "good"));

        start(TOGETHER);
        awaitEffects("ordered", 20);

        assertThat(jdbc.sql("SELECT id FROM effect WHERE id LIKE 'ordered-%' ORDER BY number")
                        .query(String.class)
                        .list())
                .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "ordered-" + i).toList());
    }

    /** Counts decide; the times are of whatever machine this is, and are printed only. */
    @Test
    void batch_needs_a_fraction_of_the_commits() {
        int messages = 1_000;
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            double apart = perSecond(APART, "apart-" + round, messages);
            double together = perSecond(TOGETHER, "batch-" + round, messages);
            ratios.add(together / apart);
            log.info("{} messages: {}/s one by one, {}/s in batches", messages, (long) apart, (long) together);
        }
        Collections.sort(ratios);
        log.info("Batch form ÷ single form, {} rounds: {}", ratios.size(), ratios);

        assertThat(transactions("apart-0")).isEqualTo(messages);
        assertThat(transactions("batch-0")).isLessThanOrEqualTo(messages / 20);
    }

    private double perSecond(String topic, String name, int messages) {
        listeners.getListenerContainers().forEach(MessageListenerContainer::stop);
        send(topic, name, messages, "good");
        long begun = System.nanoTime();
        start(topic);
        awaitEffects(name, messages);
        return messages * 1e9 / (System.nanoTime() - begun);
    }

    private void start(String listener) {
        producer.flush();
        Objects.requireNonNull(listeners.getListenerContainer(listener)).start();
    }

    private void awaitEffects(String name, int count) {
        soon(count + " effects of " + name).until(() -> effects(name) == count);
    }

    private long effects(String name) {
        return jdbc.sql("SELECT count(*) FROM effect WHERE id LIKE :name")
                .param("name", name + "-%")
                .query(Long.class)
                .single();
    }

    private long transactions(String name) {
        return jdbc.sql("SELECT count(DISTINCT xmin::text) FROM effect WHERE id LIKE :name")
                .param("name", name + "-%")
                .query(Long.class)
                .single();
    }

    private static void send(String topic, String name, int count, String word) {
        IntStream.range(0, count).forEach(i -> send(topic, i % PARTITIONS, name + "-" + i, word));
    }

    private static void send(String topic, int partition, String id, String word) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, partition, null, word.getBytes(UTF_8));
        message.headers().add("ce_id", id.getBytes(UTF_8));
        var _ = producer.send(message);
    }

    private static ConditionFactory soon(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Mill.class)
    static class MillApplication {

        MillApplication(JdbcClient jdbc) {
            InboxTables.create(jdbc);
            jdbc.sql("CREATE TABLE effect (id text NOT NULL, number bigint GENERATED ALWAYS AS IDENTITY)")
                    .update();
        }
    }

    /** Does what a message says, and leaves a trace of it before it fails. */
    static class Mill {

        /** For each wait, whether it was within a transaction. */
        static final List<Boolean> WAITED_WITHIN = new CopyOnWriteArrayList<>();

        private static final List<String> SEEN = new CopyOnWriteArrayList<>();

        private final Inbox inbox;
        private final JdbcClient jdbc;

        Mill(Inbox inbox, JdbcClient jdbc) {
            this.inbox = inbox;
            this.jdbc = jdbc;
        }

        static long attempts(String id) {
            return SEEN.stream().filter(id::equals).count();
        }

        @KafkaListener(id = TOGETHER, topics = TOGETHER, autoStartup = "false", containerPostProcessor = Inbox.BATCHED)
        void together(ConsumerRecord<byte[], byte[]> message) {
            if (new String(message.value(), UTF_8).equals("wait")) {
                SEEN.add(MessageHeaders.id(message));
                inbox.requireAlone();
                WAITED_WITHIN.add(TransactionSynchronizationManager.isActualTransactionActive());
            }
            handle(TOGETHER, message);
        }

        @KafkaListener(
                id = UNHURRIED,
                topics = UNHURRIED,
                autoStartup = "false",
                containerPostProcessor = Inbox.BATCHED,
                properties = Inbox.UNHURRIED)
        void unhurried(ConsumerRecord<byte[], byte[]> message) {
            handle(UNHURRIED, message);
        }

        @KafkaListener(id = APART, topics = APART, autoStartup = "false")
        void apart(ConsumerRecord<byte[], byte[]> message) {
            handle(APART, message);
        }

        private void handle(String consumer, ConsumerRecord<byte[], byte[]> message) {
            inbox.once(consumer, message, () -> act(MessageHeaders.id(message), new String(message.value(), UTF_8)));
        }

        private void act(String id, String word) {
            if (!Set.of("good", "wait").contains(word)) {
                SEEN.add(id);
            }
            jdbc.sql("INSERT INTO effect (id) VALUES (:id)").param("id", id).update();
            switch (word) {
                case "good", "wait" -> {}
                case "twice" -> {
                    if (attempts(id) < 3) {
                        throw new IllegalStateException("not yet");
                    }
                }
                case "bug" -> throw new IllegalStateException("nobody thought of this");
                default -> throw new UnreadableMessage("value: not a word");
            }
        }
    }
}
