package dev.wonflow.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay's bookkeeping in the database, on a thread and a connection of its own so that the reader never waits for a
 * commit: writes heartbeats while this instance is active, records how far it has published, and looks at the slot.
 */
final class RelayHeartbeat {

    private static final Logger log = LoggerFactory.getLogger(RelayHeartbeat.class);

    /** A walsender that ended is seen by the reader soon; if not, the connection hangs half open. */
    private static final int LOOKS_BEFORE_ABORT = 2;

    private final RelayDatabase database;
    private final RelayStatus status;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread heartbeats = new Thread(work, "wonflow-relay-heartbeat");
        heartbeats.setDaemon(true);
        return heartbeats;
    });

    private volatile @Nullable EngineRun run;
    private @Nullable Connection connection;
    private int looksWithoutReader;

    RelayHeartbeat(RelayDatabase database, RelayStatus status, Duration interval) {
        this.database = database;
        this.status = status;
        this.interval = interval;
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(this::runOnce, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        disconnect();
    }

    void attach(EngineRun run) {
        this.run = run;
    }

    void detach() {
        this.run = null;
    }

    /** Beats and looks soon, out of turn. */
    void hurry() {
        thread.execute(this::runOnce);
    }

    /**
     * Reads where a run begins, now that it holds the slot and nobody else can change it any more. The slot must not be
     * further than our record; the engine makes a missing slot without asking, which would show here.
     */
    CompletableFuture<SlotRecord> begin() {
        return onThread(connection -> {
            SlotState slot = database.slot(connection);
            SlotRecord record = database.record(connection);
            LogSequenceNumber confirmed = slot == null ? null : slot.confirmedLsn();
            if (slot == null
                    || slot.lost()
                    || confirmed == null
                    || record == null
                    || confirmed.compareTo(record.publishedLsn()) > 0) {
                throw new WalGap("the slot changed while the engine started: " + slot + " (expected: confirmed up to"
                        + " the record " + record + " at most)");
            }
            return record;
        });
    }

    /** Records how far we have published; done when it is safe to tell PostgreSQL. */
    CompletableFuture<Boolean> record(LogSequenceNumber createdLsn, long lsn, Heartbeat heartbeat) {
        return onThread(connection -> {
            database.recordPublished(connection, createdLsn, lsn, heartbeat);
            return true;
        });
    }

    private <T> CompletableFuture<T> onThread(Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.with(connection());
                    } catch (SQLException e) {
                        disconnect();
                        throw new IllegalStateException("the relay's tables could not be used", e);
                    }
                },
                thread);
    }

    /** Beats, if this instance is active, and looks at the slot. */
    private void runOnce() {
        EngineRun run = this.run;
        boolean active = run != null && run.isActive();
        try {
            Connection connection = connection();
            if (active) {
                database.heartbeat(connection);
            }
            look(connection, active ? run : null);
        } catch (SQLException | IllegalStateException e) {
            // The ages keep growing meanwhile, which is what health and alerts look at.
            log.warn("The relay could not look at its slot: {}", e.toString());
            disconnect();
        }
    }

    private void look(Connection connection, @Nullable EngineRun run) throws SQLException {
        RelayDatabase.Server server = database.server(connection);
        SlotState slot = database.slot(connection);
        status.databaseNow(server.now());
        LogSequenceNumber confirmed = slot == null ? null : slot.confirmedLsn();
        status.slot(slot, confirmed == null ? 0 : Math.max(0, server.walLsn().asLong() - confirmed.asLong()));
        if (run == null) {
            SlotRecord record = database.record(connection);
            if (record != null) {
                status.through(record.lastHeartbeat());
            }
            return;
        }
        looksWithoutReader = slot == null || !slot.active() ? looksWithoutReader + 1 : 0;
        if (looksWithoutReader >= LOOKS_BEFORE_ABORT) {
            looksWithoutReader = 0;
            run.abort("PostgreSQL sees no reader at the slot any more, while ours waits for it");
        }
    }

    private Connection connection() throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = database.connect();
            connection = current;
        }
        return current;
    }

    private void disconnect() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException e) {
                log.debug("Closing a broken connection failed", e);
            }
        }
    }

    /** Something to do with the connection. */
    @FunctionalInterface
    private interface Work<T> {

        T with(Connection connection) throws SQLException;
    }
}
