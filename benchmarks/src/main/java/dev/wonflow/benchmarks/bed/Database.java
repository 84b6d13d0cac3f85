package dev.wonflow.benchmarks.bed;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** A real PostgreSQL with an empty data directory and every promise about durability switched on. */
public final class Database implements AutoCloseable {

    /** May do everything, replication included; needs no password from this machine. */
    public static final String USER = "postgres";

    /** Without these a commit is not a commit; they are read back from the server, not believed. */
    private static final Map<String, String> DURABLE = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "wal_level", "logical");

    /** Checkpoints come when the benchmark asks for one, not in the middle of a block. */
    private static final Map<String, String> CALM = Map.of(
            "max_wal_size", "8GB",
            "checkpoint_timeout", "1h",
            "shared_buffers", "256MB",
            "max_replication_slots", "10",
            "max_wal_senders", "10",
            "autovacuum", "off");

    private final EmbeddedPostgres server;
    private final Path data;
    private final String url;

    private Database(EmbeddedPostgres server, Path data) {
        this.server = server;
        this.data = data;
        this.url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=" + USER;
    }

    public static Database start(Path work) throws IOException {
        return start(work, Map.of());
    }

    /** The same with settings of the server that one benchmark needs. */
    public static Database start(Path work, Map<String, String> extra) throws IOException {
        Path data = work.resolve("postgres").toAbsolutePath();
        Path log = Files.createDirectories(work.resolve("logs")).resolve("postgres.log");
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(
                        work.resolve("postgres-binaries").toAbsolutePath().toFile())
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setServerConfig("listen_addresses", "127.0.0.1");
        DURABLE.forEach(builder::setServerConfig);
        CALM.forEach(builder::setServerConfig);
        extra.forEach(builder::setServerConfig);
        var database = new Database(builder.start(), data);
        database.checkDurable();
        return database;
    }

    private void checkDurable() throws IOException {
        Map<String, String> settings = settings();
        for (var wanted : DURABLE.entrySet()) {
            if (!wanted.getValue().equals(settings.get(wanted.getKey()))) {
                close();
                throw new IOException("postgres: " + wanted.getKey() + "=" + settings.get(wanted.getKey())
                        + " (expected: " + wanted.getValue() + ")");
            }
        }
    }

    public String url() {
        return url;
    }

    /** The same server, another database. */
    public String url(String name) {
        return url.replace("/postgres?", "/" + name + "?");
    }

    /** The server's own answers about what it runs with, for the results file. */
    public Map<String, String> settings() {
        var names = new TreeSet<>(CALM.keySet());
        names.addAll(DURABLE.keySet());
        names.add("server_version");
        var settings = new LinkedHashMap<String, String>();
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (String name : names) {
                try (var rows = statement.executeQuery("SHOW " + name)) {
                    rows.next();
                    settings.put(name, rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("postgres: cannot read its settings", e);
        }
        return settings;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    public Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(url(name));
    }

    public void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Process id of the postmaster, the parent of every backend and WAL sender. */
    public long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException("postgres: cannot be stopped; data in " + data, e);
        }
    }
}
