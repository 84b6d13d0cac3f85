package dev.wonflow.inbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker about dead-letter topics; connects with the first question. */
final class DeadLetterTopics implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterTopics.class);

    private final Map<String, Object> settings;
    private @Nullable Admin admin;
    private boolean closed;

    DeadLetterTopics(Map<String, Object> clientSettings, Duration timeout) {
        this.settings = new HashMap<>(clientSettings);
        int timeoutMillis = Math.toIntExact(timeout.toMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMillis);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis);
    }

    /** The most bytes a topic takes in one batch, or empty if the broker does not say. */
    OptionalInt largestBatch(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            return OptionalInt.of(Integer.parseInt(connected()
                    .describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                    .value()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        } catch (ExecutionException | KafkaException e) {
            log.debug("Limit of {} could not be looked up", topic, e);
            return OptionalInt.empty();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }

    private synchronized Admin connected() {
        if (closed) {
            throw new KafkaException("closed (expected: no question after the end)");
        }
        if (admin == null) {
            admin = Admin.create(settings);
        }
        return admin;
    }
}
