package dev.wonflow.benchmarks.relay;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Replication slots and the publication, as the peers need them. */
final class Slots {

    static final String PUBLICATION = "bench_outbox";

    private static final Duration PAUSE = Duration.ofMillis(50);

    private Slots() {}

    static void create(String databaseUrl, String slot) throws SQLException {
        if (count(databaseUrl, "SELECT count(*) FROM pg_publication WHERE pubname = ?", PUBLICATION) == 0) {
            execute(
                    databaseUrl,
                    "CREATE PUBLICATION " + PUBLICATION
                            + " FOR TABLE outbox (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload)"
                            + " WITH (publish = 'insert', publish_via_partition_root = true)");
        }
        if (count(databaseUrl, "SELECT count(*) FROM pg_replication_slots WHERE slot_name = ?", slot) == 0) {
            count(databaseUrl, "SELECT count(*) FROM pg_create_logical_replication_slot(?, 'pgoutput')", slot);
        }
    }

    /** Ends the WAL sender of a slot, which ends a read that is blocked on it. */
    static void disconnect(String databaseUrl, String slot) throws SQLException {
        count(databaseUrl, """
            SELECT count(pg_terminate_backend(active_pid)) FROM pg_replication_slots
            WHERE slot_name = ? AND active
            """, slot);
    }

    /** Waits until someone reads from the slot. */
    static void awaitActive(String databaseUrl, String slot, Duration limit) throws SQLException {
        long end = System.nanoTime() + limit.toNanos();
        while (count(databaseUrl, "SELECT count(*) FROM pg_replication_slots WHERE slot_name = ? AND active", slot)
                == 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("slot " + slot + ": nobody reads from it after " + limit);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    static void drop(String databaseUrl, String slot) throws SQLException {
        count(databaseUrl, """
            SELECT count(pg_drop_replication_slot(slot_name)) FROM pg_replication_slots
            WHERE slot_name = ? AND NOT active
            """, slot);
    }

    /** The one number a query answers. */
    static long count(String databaseUrl, String sql, String parameter) throws SQLException {
        try (Connection connection = DriverManager.getConnection(databaseUrl);
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    static void execute(String databaseUrl, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(databaseUrl);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
