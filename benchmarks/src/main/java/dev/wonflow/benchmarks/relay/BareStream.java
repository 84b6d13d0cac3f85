package dev.wonflow.benchmarks.relay;

import java.nio.ByteBuffer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * The limit: blocks in {@link PGReplicationStream#read()}, sends each row at once, confirms a transaction when Kafka
 * has it and all before it. No supervision, no guard, no health.
 */
final class BareStream implements Carrier {

    private static final String SLOT = "bench_bare";

    private final Place place;
    private @Nullable Thread thread;
    private volatile boolean stopping;

    BareStream(Place place) {
        this.place = place;
    }

    @Override
    public void prepare() throws SQLException {
        Slots.create(place.databaseUrl(), SLOT);
    }

    @Override
    public void start() throws SQLException {
        prepare();
        stopping = false;
        thread = Thread.ofPlatform().name(SLOT).start(this::run);
    }

    @Override
    public void stop() throws SQLException, InterruptedException {
        stopping = true;
        Slots.disconnect(place.databaseUrl(), SLOT);
        if (thread != null) {
            thread.join();
        }
    }

    @Override
    public void forget() throws SQLException {
        Slots.drop(place.databaseUrl(), SLOT);
    }

    private void run() {
        var settings = new HashMap<>(place.producerSettings());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        try (var producer = new KafkaProducer<byte[], byte[]>(settings)) {
            carry(producer);
        } catch (SQLException e) {
            if (!stopping) {
                throw new IllegalStateException("slot " + SLOT + ": stream broke", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carry(KafkaProducer<byte[], byte[]> producer) throws SQLException, InterruptedException {
        var properties = new Properties();
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "18");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        try (var connection = DriverManager.getConnection(place.databaseUrl(), properties)) {
            PGReplicationStream stream = connection
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName(SLOT)
                    .withSlotOption("proto_version", 1)
                    .withSlotOption("publication_names", Slots.PUBLICATION)
                    .start();
            var rows = new OutboxRows();
            var unconfirmed = new ArrayDeque<Transaction>();
            Future<RecordMetadata> last = null;
            while (!stopping) {
                ByteBuffer message = Objects.requireNonNull(stream.read());
                switch (message.get()) {
                    case 'R' -> rows.relation(message);
                    case 'I' -> last = producer.send(rows.insert(message));
                    case 'C' -> {
                        if (last != null) {
                            unconfirmed.add(new Transaction(OutboxRows.endOfCommit(message), last));
                            last = null;
                        }
                    }
                    default -> {
                        // Begin, and keep-alives of other kinds: nothing to send.
                    }
                }
                confirm(stream, unconfirmed);
            }
        }
    }

    private static void confirm(PGReplicationStream stream, ArrayDeque<Transaction> unconfirmed)
            throws InterruptedException {
        for (var oldest = unconfirmed.peek(); oldest != null && oldest.sent.isDone(); oldest = unconfirmed.peek()) {
            try {
                oldest.sent.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("slot " + SLOT + ": Kafka refused a record", e.getCause());
            }
            stream.setAppliedLSN(oldest.end);
            stream.setFlushedLSN(oldest.end);
            unconfirmed.remove();
        }
    }

    private record Transaction(LogSequenceNumber end, Future<RecordMetadata> sent) {}
}
