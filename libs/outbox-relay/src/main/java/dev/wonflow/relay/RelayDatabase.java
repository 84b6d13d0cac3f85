package dev.wonflow.relay;

import dev.wonflow.runtime.schema.LibraryTable;
import dev.wonflow.runtime.schema.LibraryTable.Increment;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;

/**
 * The relay's own connections and statements. Not the service's pool: a relay that waits for a connection behind a
 * flood of requests would fall behind just when there is most to send. Thread-safe, as each connection belongs to its
 * caller.
 */
final class RelayDatabase {

    /** PostgreSQL's 55006, "object in use": someone else reads from the slot. */
    static final String SLOT_IN_USE = "55006";

    private static final String CONNECT_TIMEOUT_SECONDS = "10";
    private static final String SOCKET_TIMEOUT_SECONDS = "60";

    private static final List<LibraryTable> TABLES = List.of(
            new LibraryTable(
                    "relay_slot",
                    List.of(new Increment(
                            "dev/wonflow/relay/0001__relay.sql",
                            List.of(
                                    "slot_name text",
                                    "database_name text",
                                    "system_identifier text",
                                    "publication_identity text",
                                    "created_lsn pg_lsn",
                                    "created_at timestamp with time zone",
                                    "published_lsn pg_lsn",
                                    "published_beat bigint",
                                    "published_horizon bigint",
                                    "published_at timestamp with time zone")))),
            new LibraryTable(
                    "relay_heartbeat",
                    List.of(new Increment(
                            "dev/wonflow/relay/0001__relay.sql",
                            List.of(
                                    "slot_name text",
                                    "beat bigint",
                                    "horizon bigint",
                                    "beaten_at timestamp with time zone")))));

    private static final String SERVER = """
        SELECT current_database(), (SELECT system_identifier::text FROM pg_control_system()), pg_current_wal_lsn()::text,
               clock_timestamp(),
               (SELECT format('%s.%s', nspname, relname) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
                WHERE pg_class.oid = to_regclass('outbox')),
               (SELECT format('%s.%s', nspname, relname) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
                WHERE pg_class.oid = to_regclass('relay_heartbeat')),
               EXISTS (SELECT FROM pg_attribute
                       WHERE attrelid = to_regclass('outbox') AND attname = ? AND NOT attisdropped)
        """;

    private static final String SLOT = """
        SELECT database, plugin, active, wal_status, invalidation_reason, confirmed_flush_lsn::text
        FROM pg_replication_slots WHERE slot_name = ?
        """;

    private static final String RECORD = """
        SELECT database_name, system_identifier, publication_identity, created_lsn::text, published_lsn::text,
               published_beat, published_horizon, published_at
        FROM relay_slot WHERE slot_name = ?
        """;

    /** Ids and the transactions that last touched the entries, so a publication altered and altered back shows too. */
    private static final String PUBLICATION = """
        SELECT p.oid || '.' || p.xmin || ' ' || string_agg(r.oid || '.' || r.xmin, ' ' ORDER BY r.oid),
               (SELECT string_agg(attname, ',')
                FROM pg_attribute JOIN pg_publication_rel o ON o.prpubid = p.oid AND o.prrelid = attrelid
                WHERE attrelid = to_regclass('outbox') AND attnum > 0 AND NOT attisdropped
                  AND (o.prattrs IS NULL OR attnum = ANY (o.prattrs)))
        FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid
        WHERE p.pubname = ? AND NOT p.puballtables AND p.pubviaroot
          AND p.pubinsert AND p.pubupdate AND NOT p.pubdelete AND NOT p.pubtruncate
        GROUP BY p.oid, p.xmin
        HAVING array_agg(r.prrelid ORDER BY r.prrelid) = (SELECT array_agg(oid ORDER BY oid) FROM pg_class
                   WHERE oid IN (to_regclass('outbox')::oid, to_regclass('relay_heartbeat')::oid))
           AND count(r.prqual) = 0
           AND bool_and(r.prattrs IS NULL OR r.prrelid = to_regclass('outbox'))
        """;

    private static final String WIDENED = """
        UPDATE relay_slot SET publication_identity = ? WHERE slot_name = ? AND publication_identity = ?
        """;

    private static final String BEAT = """
        UPDATE relay_heartbeat
        SET beat = beat + 1, horizon = pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
            beaten_at = clock_timestamp()
        WHERE slot_name = ?
        """;

    /** Never backwards: after a restart the first positions are ones that were published before. */
    private static final String PUBLISHED = """
        UPDATE relay_slot
        SET published_lsn = GREATEST(published_lsn, ?::pg_lsn), published_beat = GREATEST(published_beat, ?),
            published_horizon = GREATEST(published_horizon, ?), published_at = GREATEST(published_at, ?)
        WHERE slot_name = ? AND created_lsn = ?::pg_lsn
        """;

    private static final String CREATED = """
        INSERT INTO relay_slot (slot_name, database_name, system_identifier, publication_identity, created_lsn,
            created_at, published_lsn, published_beat, published_horizon, published_at)
        SELECT ?, current_database(), (SELECT system_identifier::text FROM pg_control_system()), ?, ?::pg_lsn,
            clock_timestamp(), ?::pg_lsn, ?, ?, ?
        ON CONFLICT (slot_name) DO UPDATE
        SET database_name = EXCLUDED.database_name, system_identifier = EXCLUDED.system_identifier,
            publication_identity = EXCLUDED.publication_identity, created_lsn = EXCLUDED.created_lsn,
            created_at = EXCLUDED.created_at, published_lsn = EXCLUDED.published_lsn,
            published_beat = EXCLUDED.published_beat, published_horizon = EXCLUDED.published_horizon,
            published_at = EXCLUDED.published_at
        """;

    private final String url;
    private final @Nullable String username;
    private final @Nullable String password;
    private final String slotName;
    private final String publicationName;
    private final List<String> columns;

    /** @param columns of the outbox that are read, as far as they are there */
    RelayDatabase(
            String url,
            @Nullable String username,
            @Nullable String password,
            String slotName,
            String publicationName,
            List<String> columns) {
        this.url = url;
        this.username = username;
        this.password = password;
        this.slotName = slotName;
        this.publicationName = publicationName;
        this.columns = columns;
    }

    String slotName() {
        return slotName;
    }

    /** Opens a connection that commits each statement by itself. */
    Connection connect() throws SQLException {
        Properties properties = properties();
        PGProperty.SOCKET_TIMEOUT.set(properties, SOCKET_TIMEOUT_SECONDS);
        return DriverManager.getConnection(url, properties);
    }

    /** Opens a connection without a limit on how long an answer takes, for a republication of days of messages. */
    Connection connectPatiently() throws SQLException {
        return DriverManager.getConnection(url, properties());
    }

    /** Opens a connection that speaks PostgreSQL's replication commands. */
    Connection connectForReplication() throws SQLException {
        Properties properties = properties();
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        return DriverManager.getConnection(url, properties);
    }

    /** Where the engine connects: the driver's own reading of the URL. */
    static Properties parse(String url) {
        Properties parsed = Driver.parseURL(url, new Properties());
        if (parsed == null) {
            throw new IllegalArgumentException("database URL: not a PostgreSQL one (expected: jdbc:postgresql://…)");
        }
        String host = PGProperty.PG_HOST.getOrDefault(parsed);
        if (host != null && host.contains(",")) {
            throw new IllegalArgumentException("database URL: several hosts (expected: one, the primary's address)");
        }
        return parsed;
    }

    /** Takes the lock under which slot and publication are made; it lasts as long as the connection. */
    boolean tryLock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_try_advisory_lock(hashtextextended('wonflow.relay ' || ?, 0))")) {
            statement.setString(1, slotName);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /**
     * Looks whether the relay's tables have what this version needs; the outbox looks after its own.
     *
     * @throws IllegalStateException naming the migration that is missing
     */
    void checkTables(Connection connection) throws SQLException {
        for (LibraryTable table : TABLES) {
            table.check(connection);
        }
    }

    /**
     * Answers what the server says of itself.
     *
     * @throws IllegalStateException if there is no outbox
     */
    Server server(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SERVER)) {
            statement.setString(1, OutboxRow.ADDED_COLUMN);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getString(5) == null) {
                    throw new IllegalStateException(
                            "table outbox: not found (expected: a migration with dev/wonflow/outbox/0001__outbox.sql)");
                }
                return new Server(
                        row.getString(1),
                        row.getString(2),
                        LogSequenceNumber.valueOf(row.getString(3)),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getString(5),
                        row.getString(6),
                        row.getBoolean(7) ? columns : OutboxRow.withoutAdded(columns));
            }
        }
    }

    /** Whether a relay has ever worked on this database; without its table none has. */
    boolean hasRecord(Connection connection) throws SQLException {
        return isTrue(connection, "SELECT to_regclass('relay_slot') IS NOT NULL")
                && isTrue(connection, "SELECT EXISTS (SELECT FROM relay_slot)");
    }

    private static boolean isTrue(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @Nullable
    SlotState slot(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SLOT)) {
            statement.setString(1, slotName);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                String confirmed = row.getString(6);
                return new SlotState(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getString(4),
                        row.getString(5),
                        confirmed == null ? null : LogSequenceNumber.valueOf(confirmed));
            }
        }
    }

    @Nullable
    SlotRecord record(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
            statement.setString(1, slotName);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                return new SlotRecord(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        LogSequenceNumber.valueOf(row.getString(4)),
                        LogSequenceNumber.valueOf(row.getString(5)),
                        row.getLong(6),
                        row.getLong(7),
                        row.getObject(8, OffsetDateTime.class).toInstant());
            }
        }
    }

    /** Answers the publication; null if there is none, or not one of the right tables and changes. */
    @Nullable
    Publication publication(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUBLICATION)) {
            statement.setString(1, publicationName);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Publication(
                                row.getString(1), Set.of(row.getString(2).split(",")))
                        : null;
            }
        }
    }

    /** Makes the publication anew. It has to be there before the slot, or the slot cannot decode what came between. */
    void createPublication(Connection connection, Server server) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP PUBLICATION IF EXISTS " + publicationName);
            statement.execute("CREATE PUBLICATION " + publicationName + " FOR TABLE " + tables(server, server.columns())
                    + " WITH (publish = 'insert, update', publish_via_partition_root = true)");
        }
    }

    /**
     * Has a publication bring more columns. It hides nothing: each change in the log is read with the publication as it
     * was then, before or after. Our record of it follows in the same transaction.
     *
     * @throws IllegalStateException if it is not the one in our record any more
     */
    void widen(Connection connection, Server server, Publication publication) throws SQLException {
        Set<String> both = new LinkedHashSet<>(server.columns());
        both.addAll(publication.columns());
        connection.setAutoCommit(false);
        try (Statement alter = connection.createStatement();
                PreparedStatement remember = connection.prepareStatement(WIDENED)) {
            alter.execute("ALTER PUBLICATION " + publicationName + " SET TABLE " + tables(server, both));
            Publication widened = publication(connection);
            remember.setString(1, widened == null ? "" : widened.identity());
            remember.setString(2, slotName);
            remember.setString(3, publication.identity());
            if (widened == null || remember.executeUpdate() != 1) {
                throw new IllegalStateException("publication: changed by someone else (expected: by this relay)");
            }
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static String tables(Server server, Collection<String> columns) {
        return server.outboxTable() + " (" + String.join(", ", columns) + "), " + server.heartbeatTable();
    }

    void createHeartbeat(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO relay_heartbeat"
                        + " (slot_name, beat, horizon, beaten_at) VALUES (?, 0, 0, clock_timestamp()) ON CONFLICT DO NOTHING")) {
            statement.setString(1, slotName);
            statement.executeUpdate();
        }
    }

    void dropSlot(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_drop_replication_slot(?)")) {
            statement.setString(1, slotName);
            statement.execute();
        }
    }

    /**
     * Makes the slot; waits for transactions that are writing now. The snapshot it answers shows exactly the
     * transactions that will not come through the slot, and lasts until the connection does something else.
     *
     * @param replication a connection as {@link #connectForReplication} opens it
     */
    CreatedSlot createSlot(Connection replication) throws SQLException {
        try (Statement statement = replication.createStatement();
                ResultSet row = statement.executeQuery(
                        "CREATE_REPLICATION_SLOT \"" + slotName + "\" LOGICAL pgoutput (SNAPSHOT 'export')")) {
            row.next();
            return new CreatedSlot(
                    LogSequenceNumber.valueOf(row.getString("consistent_point")), row.getString("snapshot_name"));
        }
    }

    /** Remembers a new slot, and with it that everything up to {@code createdLsn} is published. */
    void recordCreated(
            Connection connection, String publicationIdentity, LogSequenceNumber createdLsn, Heartbeat heartbeat)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CREATED)) {
            statement.setString(1, slotName);
            statement.setString(2, publicationIdentity);
            statement.setString(3, createdLsn.asString());
            statement.setString(4, createdLsn.asString());
            statement.setLong(5, heartbeat.number());
            statement.setLong(6, heartbeat.horizon());
            statement.setObject(7, heartbeat.beatenAt().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    /**
     * Remembers how far we have published.
     *
     * @throws IllegalStateException if the record is not the one of this slot any more
     */
    void recordPublished(Connection connection, LogSequenceNumber createdLsn, long lsn, Heartbeat heartbeat)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUBLISHED)) {
            statement.setString(1, LogSequenceNumber.valueOf(lsn).asString());
            statement.setLong(2, heartbeat.number());
            statement.setLong(3, heartbeat.horizon());
            statement.setObject(4, heartbeat.beatenAt().atOffset(ZoneOffset.UTC));
            statement.setString(5, slotName);
            statement.setString(6, createdLsn.asString());
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("relay_slot: no row of slot " + slotName + " created at "
                        + createdLsn.asString() + " (expected: the one this relay reads)");
            }
        }
    }

    void heartbeat(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
            statement.setString(1, slotName);
            statement.executeUpdate();
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        if (username != null) {
            PGProperty.USER.set(properties, username);
        }
        if (password != null) {
            PGProperty.PASSWORD.set(properties, password);
        }
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_TIMEOUT_SECONDS);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.APPLICATION_NAME.set(properties, "wonflow-relay");
        return properties;
    }

    /**
     * What is published to the relay.
     *
     * @param identity changes with every change of the publication
     * @param columns of the outbox
     */
    record Publication(String identity, Set<String> columns) {}

    /**
     * What the server says of itself.
     *
     * @param outboxTable with its schema
     * @param heartbeatTable with its schema
     * @param columns of the outbox to be read
     */
    record Server(
            String databaseName,
            String systemIdentifier,
            LogSequenceNumber walLsn,
            Instant now,
            String outboxTable,
            String heartbeatTable,
            List<String> columns) {

        /** Whether a publication brings all that is to be read. */
        boolean isServedBy(Publication publication) {
            return publication.columns().containsAll(columns);
        }
    }

    /** A slot just made: where it starts, and the snapshot of what came before. */
    record CreatedSlot(LogSequenceNumber consistentPoint, String snapshotName) {}
}
