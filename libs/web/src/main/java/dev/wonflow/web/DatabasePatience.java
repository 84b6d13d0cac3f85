package dev.wonflow.web;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * How long a caller waits for a database that is away: three seconds, also when it has stopped answering on connections
 * that are open. A statement under way, or on a connection used within the last half second, waits for as long as the
 * driver's own time limits say. Any {@code spring.datasource.hikari} setting of the service wins.
 */
public final class DatabasePatience implements EnvironmentPostProcessor {

    /** In milliseconds. The pool may begin its last look at a connection just before its time is up. */
    private static final Map<String, Object> SETTINGS = Map.of(
            "spring.datasource.hikari.connection-timeout", 2_000, "spring.datasource.hikari.validation-timeout", 500);

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("wonflow-database-patience", SETTINGS));
    }
}
