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
final class Pulse {

    private static final Logger log = LoggerFactory.getLogger(Pulse.class);

    /** A walsender that ended is seen by the reader soon; if not, the connection hangs half open. */
    private static final int LOOKS_BEFORE_ABORT = 2;

    private final RelayDatabase database;
    private final RelayStatus status;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread pulse = new Thread(work, "wonflow-relay-pulse");
        pulse.setDaemon(true);
        return pulse;
    });

    private volatile @Nullable EngineRun run;
    private @Nullable Connection connection;
    private int looksWithoutReader;

    Pulse(RelayDatabase database, RelayStatus status, Duration interval) {
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

    /** Records how far {@code run} has published; done when it is safe to tell PostgreSQL. */
    CompletableFuture<Void> record(EngineRun run, LogSequenceNumber createdLsn, long lsn, Beat beat) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        Connection connection = connection();
                        run.requireSlotUntouched(database.slot(connection));
                        database.recordPublished(connection, createdLsn, lsn, beat);
                    } catch (SQLException e) {
                        disconnect();
                        throw new IllegalStateException("the published position could not be recorded", e);
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
                database.beat(connection);
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
                status.through(new Beat(record.publishedBeat(), record.publishedHorizon(), record.publishedAt()));
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
}
