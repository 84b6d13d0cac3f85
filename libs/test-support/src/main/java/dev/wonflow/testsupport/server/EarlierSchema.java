package dev.wonflow.testsupport.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.core.io.ClassPathResource;

/**
 * A database as an earlier version of a service left it: its schema, and rows which that version had written. The
 * service that is started on it brings it up to date, as an upgrade does.
 *
 * @param version number of the last migration that version had, such as {@code 0005}
 * @param rows SQL on the class path that writes the rows; it has to work on the schema of that version
 */
public record EarlierSchema(String version, String rows) {

    /** Names {@link #version} to a context that {@link RealServers} sets up. */
    public static final String VERSION = "wonflow.test.earlier-schema";

    /** Names {@link #rows} to such a context. */
    public static final String ROWS = "wonflow.test.earlier-rows";

    /**
     * Builds the schema in an empty database and writes the rows.
     *
     * @throws IllegalArgumentException if there is no such migration
     */
    public void buildIn(TestDatabase database) {
        Flyway migrations = Flyway.configure()
                .dataSource(database.dataSource())
                .target(version)
                .load();
        // Without this, a number that was mistyped would mean the newest schema.
        MigrationVersion reached = MigrationVersion.fromVersion(migrations.migrate().targetSchemaVersion);
        if (!reached.equals(MigrationVersion.fromVersion(version))) {
            throw new IllegalArgumentException(
                    "migration " + version + ": " + reached + " is the last before it (expected: one that exists)");
        }
        try {
            database.execute(new ClassPathResource(rows).getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(rows, e);
        }
    }
}
