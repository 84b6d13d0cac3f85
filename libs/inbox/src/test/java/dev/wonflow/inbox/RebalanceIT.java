package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.server.RealServers;
import dev.wonflow.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.annotation.DirtiesContext;

/** What is known of a partition is forgotten when another consumer of the group gets it. */
@RealServers
@DirtiesContext
@SpringBootTest(
        classes = RebalanceIT.ShiftApplication.class,
        properties = {
            "wonflow.inbox.retry-delay=50ms",
            "wonflow.inbox.retry-max-delay=200ms",
            "wonflow.inbox.standstill-limit=1s"
        })
class RebalanceIT {

    static final String SHIFTS = "inbox-shifts";

    private static final int PARTITIONS = 2;

    private static Admin admin;
    private static Producer<byte[], byte[]> producer;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    @Autowired
    private InboxHealthIndicator health;

    @Autowired
    private BlockedPartitions blocked;

    @Autowired
    private Lanes lanes;

    @BeforeAll
    static void createTopic() throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers());
        admin = Admin.create(settings);
        admin.createTopics(List.of(new NewTopic(SHIFTS, PARTITIONS, (short) 1)))
                .all()
                .get();
        producer = producer();
    }

    private static Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void closeClients() {
        producer.close();
        admin.close();
    }

    @Test
    void partition_that_goes_to_another_consumer_is_forgotten_and_begins_anew_when_it_comes_back() throws Exception {
        Shifts.away = true;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            send(partition, "stuck-" + partition);
        }
        soon("both partitions stand still").until(() -> blocked.count() == 2);
        soon("that is seen").until(() -> status().equals(Status.DOWN));

        try (KafkaConsumer<byte[], byte[]> other = otherOfTheGroup()) {
            soon("the other gets one").until(() -> {
                other.poll(Duration.ofMillis(50));
                return other.assignment().size() == 1 && assigned() == 1;
            });

            assertThat(blocked.count()).isEqualTo(1);
            assertThat(lanes.count()).isEqualTo(1);
        }
        soon("it comes back").until(() -> assigned() == 2);
        soon("and fails again").until(() -> blocked.count() == 2);
        Shifts.away = false;

        soon("the database is back").until(() -> Shifts.DONE.containsAll(List.of("stuck-0", "stuck-1")));
        soon("nothing stands still").until(() -> blocked.count() == 0 && status().equals(Status.UP));
        assertThat(Shifts.DONE).contains("stuck-0", "stuck-1").doesNotHaveDuplicates();
    }

    @Test
    void listener_that_stops_leaves_nothing_behind() throws Exception {
        send(0, "last");
        soon("handled").until(() -> Shifts.DONE.contains("last"));
        assertThat(lanes.count()).isPositive();

        listener().stop();

        assertThat(lanes.count()).isZero();
        assertThat(blocked.count()).isZero();
        listener().start();
    }

    /** With a topic the broker forgets how far its readers had come, or the first new messages would be passed over. */
    @Test
    void topic_deleted_and_made_again_while_nobody_listened_is_read_from_its_start() throws Exception {
        for (int i = 0; i < 3; i++) {
            send(1, "earlier-" + i);
        }
        soon("handled").until(() -> Shifts.DONE.contains("earlier-2"));
        listener().stop();
        admin.deleteTopics(List.of(SHIFTS)).all().get();
        soon("gone").until(() -> !admin.listTopics().names().get().contains(SHIFTS));
        admin.createTopics(List.of(new NewTopic(SHIFTS, PARTITIONS, (short) 1)))
                .all()
                .get();
        producer.close();
        producer = producer();

        for (int i = 0; i < 5; i++) {
            send(1, "anew-" + i);
        }
        listener().start();

        soon("all of the new topic")
                .until(() -> Shifts.DONE.stream()
                                .filter(id -> id.startsWith("anew-"))
                                .count()
                        == 5);
    }

    private Status status() {
        return Objects.requireNonNull(health.health()).getStatus();
    }

    private int assigned() {
        return Objects.requireNonNull(listener().getAssignedPartitions()).size();
    }

    private MessageListenerContainer listener() {
        return Objects.requireNonNull(listeners.getListenerContainer(SHIFTS));
    }

    private static KafkaConsumer<byte[], byte[]> otherOfTheGroup() {
        KafkaConsumer<byte[], byte[]> other = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        TestServers.kafka().bootstrapServers(),
                        "group.id",
                        SHIFTS,
                        "group.protocol",
                        "consumer",
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        other.subscribe(List.of(SHIFTS));
        return other;
    }

    private static void send(int partition, String id) throws Exception {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(SHIFTS, partition, null, id.getBytes(UTF_8));
        message.headers().add("ce_id", id.getBytes(UTF_8));
        producer.send(message).get();
    }

    private static ConditionFactory soon(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Shifts.class)
    static class ShiftApplication {

        ShiftApplication(JdbcClient jdbc) {
            InboxTables.create(jdbc);
        }
    }

    /** Fails as if the database were away, for as long as it is told to. */
    static class Shifts {

        private static final List<String> DONE = new CopyOnWriteArrayList<>();

        static volatile boolean away;

        private final Inbox inbox;

        Shifts(Inbox inbox) {
            this.inbox = inbox;
        }

        @KafkaListener(id = SHIFTS, topics = SHIFTS)
        void on(ConsumerRecord<byte[], byte[]> message) {
            inbox.once(SHIFTS, message, () -> {
                if (away) {
                    throw new TransientDataAccessResourceException("away");
                }
                DONE.add(MessageHeaders.id(message));
            });
        }
    }
}
