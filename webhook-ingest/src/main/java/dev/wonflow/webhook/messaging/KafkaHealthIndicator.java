package dev.wonflow.webhook.messaging;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/** Asks Kafka for the topic of the webhooks. Part of readiness: without it every webhook would be answered 503. */
@Component
final class KafkaHealthIndicator implements HealthIndicator {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KafkaAdmin settings;
    private @Nullable Admin admin;

    KafkaHealthIndicator(KafkaAdmin settings) {
        this.settings = settings;
    }

    @Override
    public synchronized Health health() {
        try {
            if (admin == null) {
                admin = Admin.create(configuration());
            }
            admin.describeTopics(List.of(KafkaWebhooks.TOPIC))
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Health.up().build();
        } catch (ExecutionException e) {
            Health.Builder down = Health.down(e).withDetail("topic", KafkaWebhooks.TOPIC);
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                down.withDetail("action", "start payment-service: it makes the topic, also one that was deleted");
            }
            return down.build();
        } catch (KafkaException | TimeoutException e) {
            return Health.down(e).build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.down(e).build();
        }
    }

    private Map<String, Object> configuration() {
        Map<String, Object> configuration = new HashMap<>(settings.getConfigurationProperties());
        configuration.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        configuration.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return configuration;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
