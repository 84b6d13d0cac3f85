package dev.wonflow.testsupport.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL as a child process, on a free port of the loopback address, with its data in a temporary folder. */
final class EmbeddedPostgresServer implements PostgresServer {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgresServer.class);

    private static final String HOST = "127.0.0.1";
    private static final String SUPERUSER = "postgres";
    private static final String PASSWORD = "only-for-tests";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final AtomicInteger databases = new AtomicInteger();
    private final int port;
    private final Path data;
    private final long processId;

    private EmbeddedPostgresServer(int port) {
        this.port = port;
        try {
            this.data = Path.of(show("data_directory"));
            this.processId = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The three switches that make a commit durable are on: the library turns them off, and a test would prove less.
     */
    static EmbeddedPostgresServer start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("wal_level", "logical")
                    .setServerConfig("max_replication_slots", "40")
                    .setServerConfig("max_wal_senders", "40")
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("listen_addresses", HOST)
                    .setPGStartupWait(START_LIMIT)
                    .setRegisterShutdownHook(false)
                    .start();
            return new EmbeddedPostgresServer(postgres.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    @Override
    public TestDatabase createDatabase(String purpose) {
        if (!purpose.matches("[a-z][a-z0-9_]{0,39}")) {
            throw new IllegalArgumentException("purpose: " + purpose + " (expected: [a-z][a-z0-9_]{0,39})");
        }
        String name = purpose + "_" + databases.incrementAndGet();
        administration().execute("CREATE ROLE " + name + " LOGIN REPLICATION PASSWORD '" + PASSWORD + "'");
        administration().execute("CREATE DATABASE " + name + " OWNER " + name);
        return new TestDatabase(HOST, port, name, name, PASSWORD);
    }

    @Override
    public TestDatabase administration() {
        return new TestDatabase(HOST, port, SUPERUSER, SUPERUSER, PASSWORD);
    }

    @Override
    public void shut(String database) {
        String name = name(database);
        administration().execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        administration()
                .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    @Override
    public void open(String database) {
        administration().execute("ALTER DATABASE " + name(database) + " ALLOW_CONNECTIONS true");
    }

    private static String name(String database) {
        return database.substring(database.lastIndexOf('/') + 1);
    }

    /**
     * Stops at once, as after a power cut. The polite stop waits for ever for a connected replication client, and the
     * data goes anyway.
     */
    @Override
    public void stop() {
        ProcessHandle.of(processId).ifPresent(postmaster -> {
            if (!(signalImmediateShutdown() && exits(postmaster))) {
                log.warn("PostgreSQL process {} did not stop in {}; killing it", processId, STOP_LIMIT);
                postmaster.destroyForcibly();
                exits(postmaster);
            }
        });
        try {
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException e) {
            log.warn("Test data of PostgreSQL stays in {}", data, e);
        }
    }

    /** SIGQUIT is PostgreSQL's immediate shutdown; Java itself can only send SIGTERM and SIGKILL. */
    private boolean signalImmediateShutdown() {
        try {
            return new ProcessBuilder("kill", "-QUIT", Long.toString(processId))
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            log.warn("No kill command; PostgreSQL process {} cannot be stopped softly", processId, e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean exits(ProcessHandle process) {
        try {
            process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private String show(String setting) {
        try (Connection connection = administration().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL on port " + port + " does not answer", e);
        }
    }
}
