package dev.wonflow.relay;

import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/** The engine's settings, each that is not its default with the reason. */
final class EngineSettings {

    private EngineSettings() {}

    /**
     * Settings for one run.
     *
     * @param run told apart by number, because beans of a run that is still ending would be in the way of the next
     */
    static Properties of(
            RelayProperties settings,
            RelayDatabase.Server server,
            String url,
            @Nullable String username,
            @Nullable String password,
            String slotName,
            long run) {
        String name = slotName + "-" + Long.toString(ProcessHandle.current().pid(), 36) + "-" + run;
        Properties engine = new Properties();
        engine.setProperty("name", name);
        engine.setProperty("topic.prefix", name);
        engine.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        connection(engine, url, username, password);

        // PostgreSQL's slot is the only memory, and we alone make slot and publication.
        engine.setProperty("offset.storage", RunOffsets.class.getName());
        engine.setProperty("snapshot.mode", "no_data");
        engine.setProperty("plugin.name", "pgoutput");
        engine.setProperty("slot.name", slotName);
        engine.setProperty("slot.drop.on.stop", "false");
        engine.setProperty("publication.name", settings.publicationName());
        engine.setProperty("publication.autocreate.mode", "disabled");
        engine.setProperty(
                "table.include.list", exactly(server.outboxTable()) + "," + exactly(server.heartbeatTable()));
        // The driver must not confirm what it received on its own: received is not published.
        engine.setProperty("lsn.flush.mode", "connector");

        // Any error ends the run; the relay decides when the next one begins.
        engine.setProperty("errors.max.retries", "0");
        engine.setProperty("slot.max.retries", "0");
        engine.setProperty("retriable.restart.connector.wait.ms", "1000");
        engine.setProperty("event.processing.failure.handling.mode", "fail");
        engine.setProperty("event.converting.failure.handling.mode", "fail");
        engine.setProperty("executor.shutdown.timeout.ms", "2000");
        engine.setProperty("lsn.flush.timeout.ms", "10000");
        engine.setProperty("task.management.timeout.ms", "30000");

        // Both threads rest elsewhere, where they can be woken: the engine's own waits are the shortest there are.
        engine.setProperty("poll.interval.ms", "1");
        engine.setProperty("queue.provider.type", RestingQueue.NAME);
        engine.setProperty("max.batch.size", "1");
        if (engine.putIfAbsent("driver.socketFactory", RestingSockets.class.getName()) == null) {
            engine.setProperty("driver.socketFactoryArg", name);
        }
        // With a second thread, records of one batch would be converted out of turn for no gain.
        engine.setProperty("record.processing.threads", "1");
        // Carries the end of the last transaction, which no row of it can.
        engine.setProperty(
                "heartbeat.interval.ms",
                Long.toString(settings.confirmInterval().toMillis()));
        engine.setProperty("statistics.metrics.enabled", "false");
        return engine;
    }

    private static void connection(
            Properties engine, String url, @Nullable String username, @Nullable String password) {
        Properties parsed = RelayDatabase.parse(url);
        engine.setProperty("database.hostname", required(parsed, PGProperty.PG_HOST));
        engine.setProperty("database.port", required(parsed, PGProperty.PG_PORT));
        engine.setProperty("database.dbname", required(parsed, PGProperty.PG_DBNAME));
        if (username != null) {
            engine.setProperty("database.user", username);
        }
        if (password != null) {
            engine.setProperty("database.password", password);
        }
        for (String parameter : parsed.stringPropertyNames()) {
            if (!parameter.startsWith("PG")) {
                engine.setProperty(
                        (parameter.startsWith("ssl") ? "database." : "driver.") + parameter,
                        parsed.getProperty(parameter));
            }
        }
    }

    private static String required(Properties parsed, PGProperty property) {
        String value = property.getOrDefault(parsed);
        if (value == null) {
            throw new IllegalArgumentException("database URL: no " + property.getName() + " (expected: one)");
        }
        return value;
    }

    private static String exactly(String table) {
        return Pattern.quote(table).replace("\\Q", "").replace("\\E", "").replace(".", "\\.");
    }
}
