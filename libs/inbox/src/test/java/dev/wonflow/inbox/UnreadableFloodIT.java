package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.server.RealServers;
import dev.wonflow.testsupport.server.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

/** A message nobody can read holds up nobody. */
@RealServers
@DirtiesContext
@SpringBootTest(classes = UnreadableFloodIT.FloodApplication.class)
@Tag("F19")
class UnreadableFloodIT {

    static final String FLOODED = "inbox-flooded";

    private static final int PARTITIONS = 3;
    private static final int UNREADABLE = 3_000;
    private static final int GOOD = 300;

    private static Admin admin;
    private static Producer<byte[], byte[]> producer;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    @Autowired
    private MeterRegistry meters;

    @BeforeAll
    static void connect() throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers());
        admin = Admin.create(settings);
        admin.createTopics(List.of(
                        new NewTopic(FLOODED, PARTITIONS, (short) 1),
                        new NewTopic(FLOODED + "-dlt", PARTITIONS, (short) 1)))
                .all()
                .get();
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void disconnect() {
        producer.close();
        admin.close();
    }

    @Test
    void unreadable_messages_are_read_once_and_cost_the_good_ones_nothing() throws Exception {
        listener().stop();
        for (int i = 0; i < UNREADABLE; i++) {
            send(0, "bad-" + i, "nonsense");
        }
        for (int i = 0; i < GOOD; i++) {
            // Good ones among the bad, and on partitions of their own.
            send(i % PARTITIONS, "good-" + i, "good");
        }
        producer.flush();
        double fetchesBefore = fetches();

        listener().start();

        soon("good messages").until(() -> Reader.GOOD.size() == GOOD);
        soon("all letters").until(() -> committed(0) == UNREADABLE + GOOD / PARTITIONS);
        assertThat(Reader.TIMES)
                .as("each message is handled once")
                .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
        List<String> letters = Letters.of(FLOODED).stream()
                .map(letter -> Letters.text(letter, "ce_id"))
                .toList();
        assertThat(letters)
                .as("one letter each, in order")
                .containsExactlyElementsOf(
                        IntStream.range(0, UNREADABLE).mapToObj(i -> "bad-" + i).toList());
        // It was one for each message.
        assertThat(fetches() - fetchesBefore).as("requests to the broker").isLessThan(UNREADABLE / 10.0);
    }

    @Test
    void listener_that_stops_has_committed_what_it_put_away() throws Exception {
        for (int i = 0; i < 50; i++) {
            send(1, "late-" + i, "nonsense");
        }
        send(1, "last", "good");
        producer.flush();
        soon("last").until(() -> Reader.GOOD.contains("last"));

        listener().stop();

        long end = admin.listOffsets(Map.of(new TopicPartition(FLOODED, 1), OffsetSpec.latest()))
                .all()
                .get()
                .values()
                .iterator()
                .next()
                .offset();
        assertThat(committed(1)).isEqualTo(end);
        listener().start();
    }

    private MessageListenerContainer listener() {
        return listeners.getListenerContainers().iterator().next();
    }

    private double fetches() {
        return meters.find("kafka.consumer.fetch.manager.fetch.total").functionCounters().stream()
                .mapToDouble(counter -> counter.count())
                .max()
                .orElse(0);
    }

    private static long committed(int partition) throws Exception {
        return admin.listConsumerGroupOffsets("flooded").partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(at -> at.getKey().partition() == partition && at.getValue() != null)
                .mapToLong(at -> at.getValue().offset())
                .findFirst()
                .orElse(0);
    }

    private static void send(int partition, String id, String value) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(FLOODED, partition, null, value.getBytes(UTF_8));
        message.headers().add("ce_id", id.getBytes(UTF_8));
        var _ = producer.send(message);
    }

    private static ConditionFactory soon(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Reader.class)
    static class FloodApplication {

        FloodApplication(JdbcClient jdbc) {
            InboxTables.create(jdbc);
        }
    }

    /** Reads only the word "good". */
    static class Reader {

        private static final Set<String> GOOD = ConcurrentHashMap.newKeySet();
        private static final Map<String, Integer> TIMES = new ConcurrentHashMap<>();

        @KafkaListener(id = "flooded", topics = FLOODED)
        void on(ConsumerRecord<byte[], byte[]> message) {
            String id = MessageHeaders.id(message);
            TIMES.merge(id, 1, Integer::sum);
            if (!new String(message.value(), UTF_8).equals("good")) {
                throw new UnreadableMessage("not good");
            }
            GOOD.add(id);
        }
    }
}
