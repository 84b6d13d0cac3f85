package dev.wonflow.benchmarks.relay;

import dev.wonflow.benchmarks.bed.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes events at a steady rate, one transaction each, from several connections.
 *
 * <p>Open loop: every event has its moment, and a slow one does not delay the moments of those after it. An event
 * belongs to one connection by its number, so events of a key are committed in their order.
 */
final class OutboxLoad implements AutoCloseable {

    /** Divides {@link Events#KEYS}, or a key would have two writers. */
    private static final int WRITERS = 8;

    private static final String INSERT = """
        INSERT INTO outbox (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private final List<Writer> writers = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

    OutboxLoad(Database database, Clock clock) throws SQLException {
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Writer(database.connect(), clock));
        }
    }

    /** Writes {@code count} events from number {@code from} on and returns when the last is committed. */
    void run(String topic, Journal journal, int from, int count, int perSecond) throws InterruptedException {
        // A little ahead, so that every writer is there when the first moment comes.
        long start = System.nanoTime() + 20_000_000;
        var runs = new ArrayList<Future<?>>();
        for (int i = 0; i < WRITERS; i++) {
            int first = from + Math.floorMod(i - from, WRITERS);
            Writer writer = writers.get(i);
            runs.add(threads.submit(() -> {
                for (int number = first; number < from + count; number += WRITERS) {
                    long due = start + (number - from) * 1_000_000_000L / perSecond;
                    writer.write(topic, journal, number, due);
                }
                return null;
            }));
        }
        for (Future<?> run : runs) {
            try {
                run.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("topic " + topic + ": a writer failed", e.getCause());
            }
        }
    }

    @Override
    public void close() throws SQLException {
        threads.shutdownNow();
        for (Writer writer : writers) {
            writer.connection.close();
        }
    }

    private static final class Writer {

        private final Connection connection;
        private final Clock clock;
        private final PreparedStatement insert;

        Writer(Connection connection, Clock clock) throws SQLException {
            this.connection = connection;
            this.clock = clock;
            connection.setAutoCommit(false);
            this.insert = connection.prepareStatement(INSERT);
        }

        void write(String topic, Journal journal, int number, long due) throws SQLException {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            insert.setObject(1, new UUID(topic.hashCode(), number));
            insert.setString(2, topic);
            insert.setString(3, Events.key(number));
            insert.setString(4, Events.TYPE);
            insert.setLong(5, number / Events.KEYS);
            insert.setString(6, Events.TENANT);
            insert.setObject(7, clock.instant().atOffset(ZoneOffset.UTC));
            insert.setString(8, Events.payload(number));
            insert.executeUpdate();
            long committing = System.nanoTime();
            connection.commit();
            journal.written(number, due, committing, System.nanoTime());
        }
    }
}
