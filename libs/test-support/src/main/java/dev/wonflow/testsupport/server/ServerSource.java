package dev.wonflow.testsupport.server;

import org.springframework.core.env.Environment;

/** Where PostgreSQL and Kafka come from. Tests see only what comes out, so another source changes no test. */
interface ServerSource {

    /** Names the source: {@code embedded}, which nobody has to ask for, or {@code containers}. */
    String SETTING = "wonflow.test.servers";

    /**
     * The source that the settings ask for.
     *
     * @throws IllegalArgumentException if there is none of that name
     * @throws IllegalStateException if it cannot supply anything here; another one is never taken instead
     */
    static ServerSource chosenBy(Environment settings) {
        String name = settings.getProperty(SETTING, "embedded");
        return switch (name) {
            case "embedded" -> new EmbeddedServers();
            case "containers" -> ContainerServers.find(settings);
            default ->
                throw new IllegalArgumentException(SETTING + ": " + name + " (expected: embedded or containers)");
        };
    }

    /** Starts a PostgreSQL that keeps every promise a production server keeps, ready for logical decoding. */
    PostgresServer startPostgres();

    /** Starts a single Kafka node that creates no topic by itself. */
    KafkaServer startKafka();

    /** Says for people who supplies the servers, and from what. */
    String description();
}
