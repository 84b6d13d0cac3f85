package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.testsupport.server.RealServers;
import dev.wonflow.testsupport.server.TestServers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.test.annotation.DirtiesContext;

/** Whatever a broker accepts, a consumer gets past. */
@RealServers
@DirtiesContext
@SpringBootTest(
        classes = LargeMessagesIT.ScaleApplication.class,
        properties = {
            "wonflow.inbox.retry-delay=50ms",
            "wonflow.inbox.standstill-limit=500ms",
            "wonflow.inbox.dead-letter-timeout=5s"
        })
@Tag("F19")
class LargeMessagesIT {

    static final String SCALES = "inbox-scales";

    private static final String DEAD_LETTERS = SCALES + "-dlt";
    private static final String PROBE = "inbox-scales-probe";

    /** What Kafka's topics take in one batch unless told otherwise. */
    private static final int LIMIT = 1_048_588;

    private static final AtomicInteger COUNT = new AtomicInteger(100);

    private static Admin admin;
    private static Producer<byte[], byte[]> producer;
    private static Producer<byte[], byte[]> compressing;

    /** Length of the largest value the broker takes beside a header such as {@link #message} adds. */
    private static int largest;

    @Autowired
    private InboxHealthIndicator health;

    @BeforeAll
    static void connect() throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", TestServers.kafka().bootstrapServers());
        // The broker is to decide, not the sender.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 32 << 20);
        admin = Admin.create(settings);
        admin.createTopics(List.of(
                        new NewTopic(SCALES, 2, (short) 1),
                        new NewTopic(DEAD_LETTERS, 2, (short) 1),
                        new NewTopic(PROBE, 1, (short) 1)))
                .all()
                .get();
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        compressing = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        largest = largestAccepted();
    }

    @AfterAll
    static void disconnect() {
        producer.close();
        compressing.close();
        admin.close();
    }

    @AfterEach
    void take_the_usual_size() throws Exception {
        takeAtMost(LIMIT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 150, 300, 301, 302, 350, 400, 500, 1_000, 3_000, 10_000})
    void message_as_large_as_the_broker_takes_is_passed_and_kept_as_far_as_it_fits(int below) throws Exception {
        byte[] value = noise(largest - below);

        ConsumerRecord<byte[], byte[]> letter = letterOf(message("key".getBytes(UTF_8), value), producer);

        assertThat(letter.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(value).startsWith(letter.value());
        if (letter.value().length < value.length) {
            assertThat(letter.value()).hasSizeGreaterThan(LIMIT - 4_000);
            assertThat(Letters.text(letter, DeadLetterHeaders.TRUNCATED)).isEqualTo("value");
            assertThat(Letters.text(letter, DeadLetterHeaders.ORIGINAL_VALUE)).isEqualTo(lengthAndHash(value));
        } else {
            assertThat(letter.headers().lastHeader(DeadLetterHeaders.TRUNCATED)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300, 1_000})
    void message_is_kept_whole_where_dead_letters_may_be_larger(int below) throws Exception {
        takeAtMost(2 * LIMIT);
        byte[] value = noise(largest - below);

        ConsumerRecord<byte[], byte[]> letter = letterOf(message(null, value), producer);

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.headers().lastHeader(DeadLetterHeaders.TRUNCATED)).isNull();
    }

    @Test
    void one_byte_more_is_no_concern_of_a_consumer() {
        assertThatThrownBy(() -> producer.send(message("key".getBytes(UTF_8), noise(largest + 1)))
                        .get())
                .hasCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void ten_megabytes_that_came_compressed_are_kept_whole() throws Exception {
        byte[] value = new byte[10 << 20];

        assertThat(letterOf(message(null, value), compressing).value()).isEqualTo(value);
    }

    @Test
    void headers_that_fill_a_message_are_kept_as_far_as_they_fit() throws Exception {
        byte[] half = noise(LIMIT / 2 - 80);
        ProducerRecord<byte[], byte[]> message = message(null, null);
        message.headers()
                .add("x-half", half)
                .add("x-other-half", noise(LIMIT / 2 - 81))
                .add("x-little", new byte[] {7});

        ConsumerRecord<byte[], byte[]> letter = letterOf(message, producer);

        assertThat(letter.headers().lastHeader("x-half").value()).isEqualTo(half);
        assertThat(letter.headers().lastHeader("x-other-half")).isNull();
        assertThat(letter.headers().lastHeader("x-little").value()).containsExactly(7);
        assertThat(Letters.text(letter, DeadLetterHeaders.TRUNCATED)).isEqualTo("headers");
        assertThat(Letters.text(letter, DeadLetterHeaders.ORIGINAL_HEADERS)).contains(" bytes, sha-256 ");
        assertThat(Letters.text(letter, DeadLetterHeaders.REASON)).isEqualTo("not a weight");
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
    }

    @Test
    void key_that_fills_a_message_is_kept_as_far_as_it_fits() throws Exception {
        byte[] key = noise(largest);

        ConsumerRecord<byte[], byte[]> letter = letterOf(message(key, null), producer);

        assertThat(key).startsWith(letter.key());
        assertThat(Letters.text(letter, DeadLetterHeaders.TRUNCATED)).isEqualTo("key");
        assertThat(Letters.text(letter, DeadLetterHeaders.ORIGINAL_KEY)).isEqualTo(lengthAndHash(key));
        assertThat(letter.value()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_300, 2_048, 10_000, 100_000})
    void dead_letters_far_smaller_than_their_source_still_get_cause_and_place(int limit) throws Exception {
        takeAtMost(limit);
        byte[] value = noise(500_000);

        ConsumerRecord<byte[], byte[]> letter = letterOf(message("key".getBytes(UTF_8), value), producer);

        assertThat(Letters.text(letter, DeadLetterHeaders.REASON)).isEqualTo("not a weight");
        assertThat(Letters.text(letter, DeadLetterHeaders.OFFSET)).isNotBlank();
        assertThat(Letters.text(letter, DeadLetterHeaders.TRUNCATED)).isEqualTo("value");
        assertThat(Letters.text(letter, DeadLetterHeaders.ORIGINAL_VALUE)).isEqualTo(lengthAndHash(value));
    }

    @Test
    void dead_letters_that_take_nothing_hold_up_one_partition_and_health_says_why() throws Exception {
        takeAtMost(100);
        ProducerRecord<byte[], byte[]> bad = message(null, noise(1_000));
        String id = idOf(bad);
        producer.send(bad).get();
        sendGood(0, "behind-" + id);

        soon("unhealthy").until(() -> health.health().getStatus().equals(Status.DOWN));
        assertThat(health.health().getDetails())
                .containsEntry("waitsFor", "dead-letter topic")
                .containsEntry("refusedBy", DEAD_LETTERS)
                .hasEntrySatisfying("standsAt", at -> assertThat((String) at).startsWith(SCALES + "-0@"));
        for (int i = 0; i < 20; i++) {
            sendGood(1, "beside-" + id + "-" + i);
        }
        soon("other partition").until(() -> Scales.SEEN.contains("beside-" + id + "-19"));
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

        takeAtMost(LIMIT);

        soon("healthy").until(() -> health.health().getStatus().equals(Status.UP));
        soon("partition goes on").until(() -> Scales.SEEN.contains("behind-" + id));
        assertThat(letter(id).value()).hasSize(1_000);
    }

    /**
     * Sends a message nobody can read and a good one behind it; answers the dead letter once the good one is handled.
     */
    private static ConsumerRecord<byte[], byte[]> letterOf(
            ProducerRecord<byte[], byte[]> message, Producer<byte[], byte[]> sender) throws Exception {
        String id = idOf(message);
        sender.send(message).get();
        sendGood(0, "behind-" + id);
        soon("message behind " + id).until(() -> Scales.SEEN.contains("behind-" + id));
        soon("letter of " + id)
                .until(() -> Letters.of(SCALES).stream()
                        .anyMatch(letter -> Letters.text(letter, "ce_id").equals(id)));
        return letter(id);
    }

    private static ConsumerRecord<byte[], byte[]> letter(String id) {
        return Letters.of(SCALES).stream()
                .filter(letter -> Letters.text(letter, "ce_id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void sendGood(int partition, String id) throws Exception {
        ProducerRecord<byte[], byte[]> good = new ProducerRecord<>(SCALES, partition, null, "good".getBytes(UTF_8));
        good.headers().add("ce_id", id.getBytes(UTF_8));
        producer.send(good).get();
    }

    private static ProducerRecord<byte[], byte[]> message(byte @Nullable [] key, byte @Nullable [] value) {
        return message(SCALES, key, value);
    }

    private static ProducerRecord<byte[], byte[]> message(
            String topic, byte @Nullable [] key, byte @Nullable [] value) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, 0, key, value);
        message.headers().add("ce_id", ("weight-" + COUNT.incrementAndGet()).getBytes(UTF_8));
        return message;
    }

    private static String idOf(ProducerRecord<byte[], byte[]> message) {
        return new String(message.headers().lastHeader("ce_id").value(), UTF_8);
    }

    private static void takeAtMost(int bytes) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, DEAD_LETTERS);
        ConfigEntry limit = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
        admin.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                .all()
                .get();
        // The broker follows a moment later.
        soon("limit of " + bytes)
                .until(() ->
                        !isTaken(DEAD_LETTERS, bytes + 100) && (bytes < 1_000 || isTaken(DEAD_LETTERS, bytes - 200)));
    }

    private static boolean isTaken(String topic, int length) throws InterruptedException {
        try {
            producer.send(message(topic, "key".getBytes(UTF_8), new byte[length]))
                    .get();
            return true;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(RecordTooLargeException.class);
            return false;
        }
    }

    private static int largestAccepted() throws Exception {
        int accepted = LIMIT - 1_000;
        int refused = LIMIT;
        while (refused - accepted > 1) {
            int tried = (accepted + refused) / 2;
            if (isTaken(PROBE, tried)) {
                accepted = tried;
            } else {
                refused = tried;
            }
        }
        return accepted;
    }

    /** Bytes no compression makes smaller. */
    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String lengthAndHash(byte[] bytes) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
        return bytes.length + " bytes, sha-256 " + HexFormat.of().formatHex(hash);
    }

    private static ConditionFactory soon(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Scales.class)
    static class ScaleApplication {

        ScaleApplication(JdbcClient jdbc) {
            InboxTables.create(jdbc);
        }
    }

    /** Reads only the word "good". */
    static class Scales {

        private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

        @KafkaListener(id = "scales", topics = SCALES)
        void on(ConsumerRecord<byte[], byte[]> message) {
            String id = MessageHeaders.id(message);
            if (message.value() == null || message.value().length != 4) {
                throw new UnreadableMessage("not a weight");
            }
            SEEN.add(id);
        }
    }
}
