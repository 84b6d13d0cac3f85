package dev.wonflow.relay;

import dev.wonflow.outbox.OutboxAutoConfiguration;
import dev.wonflow.outbox.PublishedHorizon;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.ProducerFactory;

/** Starts the relay with the service, on the service's own database and Kafka settings. */
@AutoConfiguration(
        after = {DataSourceAutoConfiguration.class, KafkaAutoConfiguration.class},
        before = OutboxAutoConfiguration.class)
@EnableConfigurationProperties(RelayProperties.class)
public final class RelayAutoConfiguration {

    private static final int SEND_BUFFER_BYTES = 64 * 1024;

    @Bean
    RelayDatabase relayDatabase(RelayProperties settings, JdbcConnectionDetails details) {
        return new RelayDatabase(
                details.getJdbcUrl(),
                details.getUsername(),
                details.getPassword(),
                slotName(settings, details.getJdbcUrl()),
                settings.publicationName(),
                OutboxRow.COLUMNS);
    }

    /** Known on every instance, relaying or not, because each looks after the partitions. */
    @Bean
    PublishedHorizon publishedHorizon(RelayDatabase database) {
        return new RecordedHorizon(database);
    }

    private static String slotName(RelayProperties settings, String url) {
        if (settings.slotName() != null) {
            return settings.slotName();
        }
        Properties parsed = RelayDatabase.parse(url);
        String database = String.valueOf(PGProperty.PG_DBNAME.getOrDefault(parsed));
        String name = "wonflow_" + database.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        return name.substring(0, Math.min(name.length(), 63));
    }

    /** The relay itself. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "wonflow.relay.enabled", matchIfMissing = true)
    static class Active {

        @Bean
        RelayStatus relayStatus() {
            return new RelayStatus();
        }

        @Bean
        @DependsOnDatabaseInitialization
        Relay relay(
                RelayProperties settings,
                JdbcConnectionDetails details,
                RelayDatabase database,
                ProducerFactory<?, ?> kafka,
                RelayStatus status,
                Environment environment) {
            return new Relay(
                    settings,
                    details,
                    database,
                    () -> producer(settings, database.slotName(), kafka.getConfigurationProperties()),
                    OutboxRow.sourceHeader(source(settings, environment)),
                    status);
        }

        /** Connections and security as the service's other producers have them; how to send is the relay's own. */
        private static Producer<byte[], byte[]> producer(
                RelayProperties settings, String slotName, Map<String, Object> kafka) {
            Map<String, Object> config = new HashMap<>(kafka);
            config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
            config.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
            config.remove(ProducerConfig.PARTITIONER_CLASS_CONFIG);
            config.put(ProducerConfig.CLIENT_ID_CONFIG, "wonflow-relay-" + slotName);
            config.put(ProducerConfig.ACKS_CONFIG, "all");
            config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
            config.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
            // An event that expires may be overtaken by the next one of its key, already on its way. So none expires:
            // while Kafka is away the relay waits, and its heartbeat grows old for all to see.
            config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
            // A topic that is not there, or a broker that has not been reached yet.
            config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000L);
            config.put(ProducerConfig.LINGER_MS_CONFIG, settings.linger().toMillis());
            config.put(ProducerConfig.BATCH_SIZE_CONFIG, SEND_BUFFER_BYTES);
            // Never the limit: in flight there is less, and a full buffer would look like a failure.
            config.put(
                    ProducerConfig.BUFFER_MEMORY_CONFIG,
                    4 * settings.maxInFlightSize().toBytes());
            return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        private static String source(RelayProperties settings, Environment environment) {
            if (settings.source() != null) {
                return settings.source();
            }
            @Nullable String application = environment.getProperty("spring.application.name");
            if (application == null || application.isBlank()) {
                throw new IllegalStateException(
                        "wonflow.relay.source: not set, and neither is spring.application.name (expected: one of them)");
            }
            return "/wonflow/" + application;
        }
    }

    /** Health, where Spring Boot's health is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    @ConditionalOnBooleanProperty(name = "wonflow.relay.enabled", matchIfMissing = true)
    static class HealthConfiguration {

        @Bean
        RelayHealthIndicator relayHealthIndicator(
                RelayStatus status, RelayDatabase database, RelayProperties settings) {
            return new RelayHealthIndicator(
                    status,
                    database.slotName(),
                    settings.heartbeatAgeLimit(),
                    settings.heartbeatInterval().multipliedBy(2));
        }
    }

    /** Meters, where Micrometer is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    @ConditionalOnBooleanProperty(name = "wonflow.relay.enabled", matchIfMissing = true)
    static class MetersConfiguration {

        @Bean
        RelayMeters relayMeters(RelayStatus status, RelayProperties settings) {
            return new RelayMeters(status, settings.heartbeatInterval().multipliedBy(2));
        }
    }
}
