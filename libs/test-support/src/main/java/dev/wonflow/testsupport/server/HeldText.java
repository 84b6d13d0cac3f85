package dev.wonflow.testsupport.server;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** What Kafka and PostgreSQL hold, as text that can be searched. */
public final class HeldText {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private HeldText() {}

    /**
     * Every record of every topic: topic, key, headers and value. Of bytes that are no text, those that are stay as
     * they are.
     *
     * @throws IllegalStateException if they are not read to their end within 30 seconds
     */
    public static List<String> records(String bootstrapServers) {
        List<String> said = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long began = System.nanoTime();
            while (!consumer.endOffsets(partitions).entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                if (System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw new IllegalStateException(
                            said.size() + " records read in " + PATIENCE + " (expected: all there are)");
                }
                consumer.poll(POLL).forEach(message -> said.add(text(message)));
            }
        }
        return said;
    }

    private static String text(ConsumerRecord<byte[], byte[]> message) {
        StringBuilder text = new StringBuilder(message.topic()).append(' ').append(text(message.key()));
        for (Header header : message.headers()) {
            text.append(' ').append(header.key()).append('=').append(text(header.value()));
        }
        return text.append(' ').append(text(message.value())).toString();
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Every row of every table of every schema but PostgreSQL's own, with all its columns. */
    public static List<String> rows(Connection database) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String table : texts(
                database,
                "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
                        + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
            rows.addAll(texts(
                    database, "SELECT '" + table.replace("'", "''") + " ' || t::text FROM ONLY " + table + " AS t"));
        }
        return rows;
    }

    private static List<String> texts(Connection database, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
