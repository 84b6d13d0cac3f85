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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL as a child process, on a free port of the loopback address, with its data in a temporary folder. */
final class EmbeddedPostgresServer extends PostgresBySql {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgresServer.class);

    private static final String HOST = "127.0.0.1";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Path data;
    private final long processId;

    private EmbeddedPostgresServer(int port) {
        super(HOST, port);
        try {
            this.data = Path.of(show("data_directory"));
            this.processId = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EmbeddedPostgresServer start() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        PostgresSettings.ALL.forEach(builder::setServerConfig);
        try {
            EmbeddedPostgres postgres = builder.setServerConfig("listen_addresses", HOST)
                    .setPGStartupWait(START_LIMIT)
                    .setRegisterShutdownHook(false)
                    .start();
            return new EmbeddedPostgresServer(postgres.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
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
            throw new IllegalStateException(administration().url() + " does not answer", e);
        }
    }
}
