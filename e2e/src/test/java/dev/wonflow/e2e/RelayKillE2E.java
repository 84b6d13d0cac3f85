package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The relay's promise, tried on the real payment-service: killed again and again while it is busy, it loses nothing.
 */
@Tag("F9")
class RelayKillE2E {

    private static final int KILLS = 10;
    private static final int HTTP_WRITERS = 2;
    private static final int DIRECT_WRITERS = 3;
    private static final String TOPIC = "payment.events";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long SEED = 20_260_105L;

    private static final String APPEND = """
        INSERT INTO outbox (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload)
        VALUES (?, 'payment.events', ?, 'kill.tried.v1', ?, 'default', now(), '{}')
        """;

    private final TestDatabase database = TestServers.postgres().createDatabase("kill");
    private final Set<UUID> rolledBack = new HashSet<>();
    private final AtomicInteger created = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    /** Other tests leave events of theirs on the topic. */
    private final Map<TopicPartition, Long> begin = ends();

    private volatile boolean writing = true;

    @Test
    void killed_again_and_again_under_load_the_relay_loses_nothing_and_invents_nothing() throws Exception {
        Random random = new Random(SEED);
        List<Thread> writers = new ArrayList<>();
        try (ServiceProcess payments = new ServiceProcess("payment-service", environment())) {
            awaitService(payments);
            // All the lives to come are shorter for it.
            payments.end();
            payments.startAgain();
            awaitService(payments);
            for (int i = 0; i < HTTP_WRITERS; i++) {
                writers.add(Thread.ofPlatform().start(() -> pay(payments)));
            }
            for (int i = 0; i < DIRECT_WRITERS; i++) {
                int number = i;
                writers.add(Thread.ofPlatform().start(() -> append(number)));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                awaitProgress();
                awaitProgress();
                // Somewhere in the middle of its work: never twice at the same place.
                Duration somewhen = Duration.ofMillis(random.nextInt(3_000));
                await().pollDelay(somewhen).until(() -> true);
                payments.kill();
                payments.startAgain();
            }
            awaitService(payments);
            writing = false;
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(failures).isEmpty();
            Set<UUID> committed = committed();
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> ids(published()).containsAll(committed));
        } finally {
            writing = false;
        }

        List<ConsumerRecord<byte[], byte[]>> published = published();
        Set<UUID> committed = committed();
        System.out.printf(
                "%d kills: %,d events committed (%,d over HTTP), %,d rolled back, %,d records on the topic, %,d duplicates%n",
                KILLS,
                committed.size(),
                created.get(),
                rolledBack.size(),
                published.size(),
                published.size() - ids(published).size());
        assertThat(ids(published)).isEqualTo(committed);
        assertThat(ids(published)).doesNotContainAnyElementsOf(rolledBack);
        assertThat(outOfOrder(published)).isEmpty();
        assertThat(rolledBack).as("the try is worth something").isNotEmpty();
        assertThat(created).hasPositiveValue();
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("SPRING_DATASOURCE_URL", database.url()),
                Map.entry("SPRING_DATASOURCE_USERNAME", database.username()),
                Map.entry("SPRING_DATASOURCE_PASSWORD", database.password()),
                Map.entry("SPRING_KAFKA_BOOTSTRAP_SERVERS", TestServers.kafka().bootstrapServers()),
                Map.entry(
                        "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI",
                        TokenIssuer.shared().uri()),
                Map.entry("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES", "wonflow"),
                Map.entry("MANAGEMENT_SERVER_PORT", "0"),
                Map.entry("WONFLOW_TOPICS_REPLICATION_FACTOR", "1"),
                Map.entry("WONFLOW_TOPICS_MIN_IN_SYNC_REPLICAS", "1"),
                Map.entry("TOSS_SECRET_KEY", "test_sk_relay_kill_0001"),
                Map.entry("TOSS_CLIENT_KEY", "test_ck_relay_kill_0001"),
                Map.entry("TOSS_API_BASE_URL", "http://127.0.0.1:1"));
    }

    private static void awaitService(ServiceProcess payments) {
        await().atMost(LIMIT).until(() -> hasOrdered(payments));
    }

    /** With a fresh token each time: how long all the lives take together, nobody knows. */
    private static boolean hasOrdered(ServiceProcess payments) throws InterruptedException {
        String token = TokenIssuer.shared().token("acme", "tenant:billing");
        return payments.post("/api/payments/toss/order", "{\"amount\":1000}", token) == 201;
    }

    private void awaitProgress() throws SQLException {
        String before = query("SELECT published_lsn FROM relay_slot");
        await().atMost(LIMIT)
                .until(() -> !query("SELECT published_lsn FROM relay_slot").equals(before));
    }

    private void pay(ServiceProcess payments) {
        try {
            while (writing) {
                if (hasOrdered(payments)) {
                    created.incrementAndGet();
                } else {
                    // Nobody there to take it.
                    await().pollDelay(Duration.ofMillis(100)).until(() -> true);
                }
            }
        } catch (InterruptedException | RuntimeException e) {
            failures.add(e);
        }
    }

    /** Transactions that overlap: most are short, every fifth is rolled back, some stay open while hundreds pass. */
    private void append(int number) {
        Random random = new Random(SEED + number);
        long sequence = 0;
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(APPEND)) {
            connection.setAutoCommit(false);
            while (writing) {
                List<UUID> ids = new ArrayList<>();
                int events = 1 + random.nextInt(4);
                for (int i = 0; i < events; i++) {
                    UUID id = new UUID(random.nextLong(), random.nextLong());
                    sequence++;
                    statement.setObject(1, id);
                    statement.setString(2, "writer-" + number);
                    statement.setLong(3, sequence);
                    statement.executeUpdate();
                    ids.add(id);
                }
                if (random.nextInt(100) == 0) {
                    await().pollDelay(Duration.ofMillis(500 + random.nextInt(1_500)))
                            .until(() -> true);
                }
                if (random.nextInt(5) == 0) {
                    connection.rollback();
                    synchronized (rolledBack) {
                        rolledBack.addAll(ids);
                    }
                } else {
                    connection.commit();
                }
                await().pollDelay(Duration.ofMillis(10)).until(() -> true);
            }
        } catch (SQLException | RuntimeException e) {
            failures.add(e);
        }
    }

    private Set<UUID> committed() throws SQLException {
        Set<UUID> ids = new HashSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM outbox")) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "nothing";
        }
    }

    private static Set<UUID> ids(List<ConsumerRecord<byte[], byte[]>> records) {
        Set<UUID> ids = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            ids.add(UUID.fromString(header(record, "ce_id")));
        }
        return ids;
    }

    /** What came before an earlier event of its key, not counting repetitions. */
    private static List<String> outOfOrder(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, Long> last = new HashMap<>();
        Set<String> seen = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (!seen.add(header(record, "ce_id"))) {
                continue;
            }
            String key = header(record, "ce_subject");
            long sequence = Long.parseLong(header(record, "ce_sequence"));
            Long before = last.put(key, sequence);
            if (before != null && before > sequence) {
                wrong.add(key + ": " + sequence + " after " + before);
            }
        }
        return wrong;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static Map<TopicPartition, Long> ends() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer));
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers(), "allow.auto.create.topics", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** None before a service has made the topic. */
    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.listTopics().getOrDefault(TOPIC, List.of()).stream()
                .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> published() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, begin.getOrDefault(partition, 0L)));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
