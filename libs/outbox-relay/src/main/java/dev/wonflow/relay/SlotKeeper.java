package dev.wonflow.relay;

import dev.wonflow.outbox.PublishedHorizon;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that there is a slot which brings everything that is not published, and publishes what it cannot bring.
 */
final class SlotKeeper {

    private static final Logger log = LoggerFactory.getLogger(SlotKeeper.class);

    private static final int FETCH_SIZE = 1_000;

    /** Appended later means changed later, for one key: who changes an aggregate has seen the change before. */
    private static final String ORDER = " ORDER BY appended_at, sequence";

    /** Everything ended before the oldest transaction that this snapshot sees running. */
    private static final String WHERE_THE_LOG_BEGINS = """
        SELECT beat, pg_snapshot_xmin(pg_current_snapshot())::text::bigint, clock_timestamp()
        FROM relay_heartbeat WHERE slot_name = ?
        """;

    private final RelayDatabase database;
    private final RelayStatus status;
    private final Function<Sleeper, OrderedSender<Long>> senders;
    private final Duration overlap;
    private final BooleanSupplier running;
    private volatile @Nullable Connection waiting;
    private boolean tablesChecked;

    SlotKeeper(
            RelayDatabase database,
            RelayStatus status,
            Function<Sleeper, OrderedSender<Long>> senders,
            Duration overlap,
            BooleanSupplier running) {
        this.database = database;
        this.status = status;
        this.senders = senders;
        this.overlap = overlap;
        this.running = running;
    }

    /**
     * Makes the slot ready to read from.
     *
     * @param gap what a run found missing, null if nothing; then the slot is made anew even if it looks intact
     * @return null if someone else reads from it, or is making it ready
     * @throws IllegalStateException if the slot's name belongs to someone else
     */
    @Nullable
    Prepared prepare(@Nullable String gap) throws SQLException {
        try (Connection connection = database.connect()) {
            if (!database.tryLock(connection)) {
                return null;
            }
            if (!tablesChecked) {
                database.checkTables(connection);
                tablesChecked = true;
            }
            database.createHeartbeat(connection);
            // In this order: an active instance may be moving all three forward, the log first and the slot last.
            SlotState slot = database.slot(connection);
            SlotRecord record = database.record(connection);
            RelayDatabase.Server server = database.server(connection);
            RelayDatabase.@Nullable Publication publication = database.publication(connection);
            SlotVerdict verdict = SlotVerdict.of(
                    slot,
                    record,
                    server.databaseName(),
                    server.systemIdentifier(),
                    publication == null ? null : publication.identity(),
                    server.walLsn());
            if (gap != null && verdict instanceof SlotVerdict.Intact) {
                verdict = new SlotVerdict.Broken(gap);
            }
            return switch (verdict) {
                case SlotVerdict.Taken() -> null;
                case SlotVerdict.Foreign(String what) ->
                    throw new IllegalStateException("slot " + database.slotName() + ": " + what);
                case SlotVerdict.Intact() -> {
                    if (publication != null && !server.isServedBy(publication)) {
                        log.info("Publishing what was added to the outbox: {}", server.columns());
                        database.widen(connection, server, publication);
                        record = database.record(connection);
                    }
                    yield prepared(server, record);
                }
                case SlotVerdict.First() -> {
                    log.info("Making slot {}; what the outbox holds already is published first", database.slotName());
                    yield rebuild(connection, server, slot, record);
                }
                case SlotVerdict.Broken(String what) -> {
                    log.error(
                            "Slot {} cannot be trusted to bring every event: {}. It is made anew, and the outbox is"
                                    + " republished from the last known position ({}) on; consumers will see duplicates",
                            database.slotName(),
                            what,
                            record);
                    status.incident(what);
                    yield rebuild(connection, server, slot, record);
                }
            };
        }
    }

    /** Breaks off a wait for other transactions to end. */
    void cancel() {
        Connection waiting = this.waiting;
        if (waiting != null) {
            try {
                waiting.abort(Runnable::run);
            } catch (SQLException e) {
                log.debug("The connection was ending already", e);
            }
        }
    }

    /**
     * A crash in the middle is safe: the record is written last, and a slot that is further than its record is made
     * anew.
     */
    private Prepared rebuild(
            Connection connection, RelayDatabase.Server server, @Nullable SlotState slot, @Nullable SlotRecord record)
            throws SQLException {
        status.become(RelayStatus.Role.REPUBLISHING);
        if (slot != null) {
            database.dropSlot(connection);
        }
        RelayDatabase.Publication publication = database.publication(connection);
        if (publication == null || !server.isServedBy(publication)) {
            database.createPublication(connection, server);
            publication = database.publication(connection);
        }
        if (publication == null) {
            throw new IllegalStateException("publication: not as made a moment ago (expected: nobody else changes it)");
        }
        boolean done = false;
        try (Connection replication = database.connectForReplication()) {
            waiting = replication;
            RelayDatabase.CreatedSlot created = database.createSlot(replication);
            Heartbeat heartbeat = republish(created.snapshotName(), server, record);
            database.recordCreated(connection, publication.identity(), created.consistentPoint(), heartbeat);
            done = true;
        } finally {
            waiting = null;
            if (!done) {
                dropHalfMadeSlot(connection);
            }
        }
        return prepared(server, database.record(connection));
    }

    /** Only to keep the log from growing until the next attempt; if it fails, that attempt drops the slot. */
    private void dropHalfMadeSlot(Connection connection) {
        try {
            if (database.slot(connection) != null) {
                database.dropSlot(connection);
            }
        } catch (SQLException e) {
            log.debug("A half-made slot stays", e);
        }
    }

    /** Sends what may be unpublished of the transactions that the slot will not bring; all has arrived at the end. */
    private Heartbeat republish(String snapshotName, RelayDatabase.Server server, @Nullable SlotRecord record)
            throws SQLException {
        try (Connection connection = database.connectPatiently();
                OrderedSender<Long> sender = senders.apply(new Sleeper())) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION SNAPSHOT '" + snapshotName + "'");
            }
            Heartbeat heartbeat = whereTheLogBegins(connection);
            long count = sendRows(connection, sender, server, record);
            while (sender.count() > 0) {
                settle(sender);
            }
            connection.rollback();
            status.eventsRepublished.add(count);
            log.info("Published {} events from the outbox table", count);
            return heartbeat;
        }
    }

    private Heartbeat whereTheLogBegins(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WHERE_THE_LOG_BEGINS)) {
            statement.setString(1, database.slotName());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Heartbeat(
                        row.getLong(1),
                        row.getLong(2),
                        row.getObject(3, OffsetDateTime.class).toInstant());
            }
        }
    }

    private long sendRows(
            Connection connection, OrderedSender<Long> sender, RelayDatabase.Server server, @Nullable SlotRecord record)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(rows(server, record))) {
            if (record != null && sameServer(server, record)) {
                statement.setLong(1, record.publishedHorizon());
            } else if (record != null) {
                statement.setObject(1, record.publishedAt().minus(overlap).atOffset(ZoneOffset.UTC));
            }
            statement.setFetchSize(FETCH_SIZE);
            long count = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    count++;
                    sender.send(count, row(rows, server.columns()));
                    while (sender.isFull()) {
                        settle(sender);
                    }
                }
            }
            return count;
        }
    }

    /** Transaction ids tell exactly, but only on the server that gave them. */
    private static String rows(RelayDatabase.Server server, @Nullable SlotRecord record) {
        return "SELECT " + String.join(", ", server.columns()) + " FROM outbox WHERE " + condition(server, record)
                + ORDER;
    }

    private static String condition(RelayDatabase.Server server, @Nullable SlotRecord record) {
        if (record == null) {
            return "true";
        }
        return sameServer(server, record) ? PublishedHorizon.unpublished("?") : "appended_at >= ?";
    }

    private static boolean sameServer(RelayDatabase.Server server, SlotRecord record) {
        return record.systemIdentifier().equals(server.systemIdentifier());
    }

    private void settle(OrderedSender<Long> sender) {
        sender.requireHealthy();
        if (sender.advance() == null) {
            if (!running.getAsBoolean()) {
                throw new IllegalStateException("stopped while republishing");
            }
            sender.rest();
        }
    }

    private static OutboxRow row(ResultSet row, List<String> columns) throws SQLException {
        return new OutboxRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getString(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getString(8),
                columns.contains(OutboxRow.ADDED_COLUMN) ? row.getString(OutboxRow.ADDED_COLUMN) : null);
    }

    private static Prepared prepared(RelayDatabase.Server server, @Nullable SlotRecord record) {
        if (record == null) {
            throw new IllegalStateException("relay_slot: the row just written is gone (expected: nobody deletes it)");
        }
        return new Prepared(server, record);
    }

    /** A slot to read from, and where it stands. */
    record Prepared(RelayDatabase.Server server, SlotRecord record) {

        LogSequenceNumber publishedLsn() {
            return record.publishedLsn();
        }
    }
}
