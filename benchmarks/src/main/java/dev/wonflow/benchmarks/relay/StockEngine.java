package dev.wonflow.benchmarks.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wonflow.benchmarks.bed.Database;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The Debezium engine as its documentation shows it: default settings, and a handler that sends a batch, waits for
 * Kafka and marks it.
 *
 * <p>Only what is needed to read this table at all is set: plug-in, slot, publication and no first snapshot. Records
 * are taken as they are, without the JSON conversion most users pay for.
 */
final class StockEngine implements Carrier {

    private static final String SLOT = "bench_stock";

    private final Place place;
    private int starts;
    private @Nullable DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private @Nullable Thread thread;

    StockEngine(Place place) {
        this.place = place;
    }

    @Override
    public void prepare() throws SQLException {
        Slots.create(place.databaseUrl(), SLOT);
    }

    @Override
    public void start() throws SQLException {
        prepare();
        var sending = new KafkaProducer<byte[], byte[]>(place.producerSettings());
        var created = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(settings())
                .notifying((records, committer) -> carry(sending, records, committer))
                .using((success, message, error) -> {
                    if (!success) {
                        System.err.println("engine ended: " + message + " " + error);
                    }
                })
                .build();
        producer = sending;
        engine = created;
        thread = Thread.ofPlatform().name(SLOT).start(created);
    }

    @Override
    public void stop() throws IOException, InterruptedException {
        if (engine != null) {
            engine.close();
        }
        if (thread != null) {
            thread.join();
        }
        if (producer != null) {
            producer.close();
        }
    }

    @Override
    public void forget() throws SQLException {
        Slots.drop(place.databaseUrl(), SLOT);
    }

    private Properties settings() {
        // The driver's own parser wants no "jdbc:" in front; neither does this one.
        URI database = URI.create(place.databaseUrl().substring("jdbc:".length()));
        var settings = new Properties();
        // Two engines of one prefix would collide in JMX, even one after the other.
        settings.setProperty("name", SLOT + ++starts);
        settings.setProperty("topic.prefix", SLOT + starts);
        settings.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        settings.setProperty("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        settings.setProperty("plugin.name", "pgoutput");
        settings.setProperty("slot.name", SLOT);
        settings.setProperty("publication.name", Slots.PUBLICATION);
        settings.setProperty("publication.autocreate.mode", "disabled");
        settings.setProperty("snapshot.mode", "no_data");
        settings.setProperty("database.hostname", database.getHost());
        settings.setProperty("database.port", "" + database.getPort());
        settings.setProperty("database.user", Database.USER);
        settings.setProperty("database.password", "unused");
        settings.setProperty("database.dbname", "postgres");
        return settings;
    }

    private static void carry(
            KafkaProducer<byte[], byte[]> producer,
            List<RecordChangeEvent<SourceRecord>> records,
            DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        var sent = new ArrayList<Future<RecordMetadata>>(records.size());
        for (var event : records) {
            if (event.record().value() instanceof Struct change
                    && change.schema().field("after") != null) {
                sent.add(producer.send(record(change.getStruct("after"))));
            }
        }
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("slot " + SLOT + ": Kafka refused a record", e.getCause());
            }
        }
        for (var event : records) {
            committer.markProcessed(event);
        }
        committer.markBatchFinished();
    }

    private static ProducerRecord<byte[], byte[]> record(Struct row) {
        return OutboxRecords.of(
                bytes(row.getString("id")),
                row.getString("aggregatetype"),
                bytes(row.getString("aggregateid")),
                bytes(row.getString("type")),
                bytes(Long.toString(row.getInt64("sequence"))),
                bytes(row.getString("tenant_id")),
                bytes(row.getString("occurred_at")),
                bytes(row.getString("payload")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
