package dev.wonflow.runtime;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Quietens Kafka's clients. Each writes its whole configuration at every start, some hundred lines, and tells of each
 * look for a broker while none is there, up to thousands a second. What is wrong they say as warnings. Any
 * {@code logging.level} the service sets itself wins.
 */
public final class KafkaClientLogging implements EnvironmentPostProcessor {

    private static final Map<String, Object> LEVELS = Map.of("logging.level.org.apache.kafka", "warn");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("wonflow-kafka-client-logging", LEVELS));
    }
}
