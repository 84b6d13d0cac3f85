package dev.wonflow.testsupport.server;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.function.SingletonSupplier;

/** The PostgreSQL and the Kafka of this JVM: started at the first call, stopped after the last Spring context. */
public final class TestServers {

    private static final Logger log = LoggerFactory.getLogger(TestServers.class);

    private static final Supplier<ServerSource> SOURCE = SingletonSupplier.of(() -> {
        ServerSource source = ServerSource.chosenBy(new StandardEnvironment());
        log.info("===== PostgreSQL and Kafka for these tests: {} =====", source.description());
        return source;
    });

    private static final Supplier<PostgresServer> POSTGRES = SingletonSupplier.of(() -> {
        PostgresServer server = SOURCE.get().startPostgres();
        stopAtEnd(server::stop);
        return server;
    });

    private static final Supplier<KafkaServer> KAFKA = SingletonSupplier.of(() -> {
        KafkaServer server = SOURCE.get().startKafka();
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

    /** Starts a PostgreSQL that nobody else uses, for tests that take it away; the caller stops it. */
    public static PostgresServer anotherPostgres() {
        return SOURCE.get().startPostgres();
    }

    /** Starts a Kafka that nobody else uses, for tests that take it away; the caller stops it. */
    public static KafkaServer anotherKafka() {
        return SOURCE.get().startKafka();
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
