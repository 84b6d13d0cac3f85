package dev.wonflow.relay;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Quietens the engine, which logs its settings at each start and each error three times; the relay logs the error once,
 * with its cause. Any {@code logging.level} the service sets itself wins.
 */
public final class RelayLogging implements EnvironmentPostProcessor {

    private static final Map<String, Object> LEVELS = Map.of(
            "logging.level.io.debezium", "warn",
            "logging.level.io.debezium.embedded", "off",
            "logging.level.io.debezium.pipeline.ErrorHandler", "off",
            "logging.level.io.debezium.pipeline.ChangeEventSourceCoordinator", "error",
            "logging.level.io.debezium.connector.postgresql.PostgresConnectorTask", "error",
            // Says at each start that the outbox has no primary key, which it needs none of.
            "logging.level.io.debezium.connector.postgresql.connection.pgoutput.PgOutputMessageDecoder", "error");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("wonflow-relay-logging", LEVELS));
    }
}
