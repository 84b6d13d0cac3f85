package dev.wonflow.web;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * How long a caller waits for a database that is away: three seconds for a connection, also when it has stopped
 * answering on those that are open, and eleven for the answer to a statement under way, or on a connection used within
 * the last half second. Work in the background gets the same errors, and a new connection once there is one.
 *
 * <p>Migrations may take longer than any statement, so they have a connection of their own, on which nothing is cut
 * off. Any setting of the service wins.
 */
public final class DatabasePatience implements EnvironmentPostProcessor {

    private static final Map<String, Object> SETTINGS = Map.of(
            // In milliseconds. The pool may begin its last look at a connection just before its time is up.
            "spring.datasource.hikari.connection-timeout",
            2_000,
            "spring.datasource.hikari.validation-timeout",
            500,
            // In seconds, and kept up to one late. Batches of the retention and waits for a lock are far shorter.
            "spring.datasource.hikari.data-source-properties.socketTimeout",
            10,
            "spring.datasource.hikari.data-source-properties.socketFactory",
            PatientSockets.class.getName(),
            "spring.flyway.url",
            "${spring.datasource.url}",
            "spring.flyway.user",
            "${spring.datasource.username}",
            "spring.flyway.password",
            "${spring.datasource.password}");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("wonflow-database-patience", SETTINGS));
    }
}
