package dev.wonflow.testsupport.server;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;

/** Brings a database up to date step by step, also while a version before is writing to it. */
public final class MigrationUnderLoad {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A migration that waits gives up after some hundred milliseconds. */
    private static final Duration GLANCE = Duration.ofMillis(5);

    private static final String WAITING = """
        SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
        WHERE datname = current_database() AND NOT granted
        """;

    private final TestDatabase database;

    public MigrationUnderLoad(TestDatabase database) {
        this.database = database;
    }

    /**
     * Runs all migrations up to this one.
     *
     * @param version such as {@code 0036}
     */
    public void to(String version) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .target(version)
                .load()
                .migrate();
    }

    /**
     * Does the same while a transaction is open that has written something before; it is committed as soon as the
     * migration waits for it, and the test fails if it never does.
     */
    public void to(String version, String writtenBefore) throws SQLException {
        CompletableFuture<Void> migration;
        try (Connection before = database.connect();
                Statement statement = before.createStatement()) {
            before.setAutoCommit(false);
            statement.execute(writtenBefore);
            migration = CompletableFuture.runAsync(() -> to(version));
            await("migration " + version + " to wait")
                    .atMost(PATIENCE)
                    .pollInterval(GLANCE)
                    .until(this::isWaiting);
            before.commit();
        }
        migration.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private boolean isWaiting() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WAITING)) {
            return row.next() && row.getLong(1) > 0;
        }
    }
}
