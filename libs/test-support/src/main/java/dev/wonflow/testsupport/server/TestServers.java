package dev.wonflow.testsupport.server;

import java.util.function.Supplier;
import org.springframework.boot.SpringApplication;
import org.springframework.util.function.SingletonSupplier;

/** The PostgreSQL and the Kafka of this JVM: started at the first call, stopped after the last Spring context. */
public final class TestServers {

    private static final ServerSource SOURCE = new EmbeddedServers();

    private static final Supplier<PostgresServer> POSTGRES = SingletonSupplier.of(() -> {
        PostgresServer server = SOURCE.startPostgres();
        stopAtEnd(server::stop);
        return server;
    });

    private static final Supplier<KafkaServer> KAFKA = SingletonSupplier.of(() -> {
        KafkaServer server = SOURCE.startKafka();
        stopAtEnd(server::stop);
        return server;
    });

    private TestServers() {}

    public static PostgresServer postgres() {
        return POSTGRES.get();
    }

    public static KafkaServer kafka() {
        return KAFKA.get();
    }

    /** Starts a Kafka that nobody else uses, for tests that take it away; the caller stops it. */
    public static KafkaServer anotherKafka() {
        return SOURCE.startKafka();
    }

    /**
     * Listeners and relays must be gone before their servers. Spring Boot calls its handlers when all contexts are
     * closed, while a plain hook would run beside it; so the plain hook is for JVMs that never start Spring Boot.
     */
    private static void stopAtEnd(Runnable stop) {
        SpringApplication.getShutdownHandlers().add(stop);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!SpringStarts.seen()) {
                stop.run();
            }
        }));
    }
}
