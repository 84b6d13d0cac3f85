package dev.wonflow.runtime;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Quietens two loggers of Kafka's clients that tell each look for a broker while none is there: hundreds to thousands a
 * second, from the new consumer and the admin client. That no broker is there, {@code NetworkClient} says as well. Any
 * {@code logging.level} the service sets itself wins.
 */
public final class KafkaClientLogging implements EnvironmentPostProcessor {

    private static final Map<String, Object> LEVELS = Map.of(
            "logging.level.org.apache.kafka.clients.Metadata", "warn",
            "logging.level.org.apache.kafka.clients.admin.internals.AdminMetadataManager", "warn");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("wonflow-kafka-client-logging", LEVELS));
    }
}
