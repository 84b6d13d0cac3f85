package dev.wonflow.inbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.listener.RetryListener;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.FixedBackOff;

/** Gives a service its inbox, and every {@code @KafkaListener} in it the same treatment of failures. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "dev.wonflow.runtime.RuntimeAutoConfiguration"
        })
@EnableConfigurationProperties(InboxProperties.class)
public final class InboxAutoConfiguration {

    /** Costs an idle listener 0.03 % of a core more than polls of five seconds; see {@link #inboxPolling()}. */
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

    @Bean
    @ConditionalOnBean(JdbcClient.class)
    Inbox inbox(JdbcClient jdbc) {
        return new Inbox(jdbc);
    }

    @Bean
    @ConditionalOnBean(JdbcClient.class)
    Sequences sequences(JdbcClient jdbc) {
        return new Sequences(jdbc);
    }

    @Bean
    @ConditionalOnBean(JdbcClient.class)
    InboxRetention inboxRetention(JdbcClient jdbc, InboxProperties properties) {
        return new InboxRetention(jdbc, properties.retention(), properties.retentionBatch());
    }

    @Bean
    @ConditionalOnBean(InboxRetention.class)
    InboxRetentionDriver inboxRetentionDriver(InboxRetention retention, InboxProperties properties) {
        return new InboxRetentionDriver(retention, properties.retentionInterval());
    }

    @Bean
    SkippedMessages skippedMessages(MeterRegistry meters) {
        return new SkippedMessages(meters);
    }

    /** What the promises of this library rest on; a service's own consumer settings cannot take it away. */
    @Bean
    DefaultKafkaConsumerFactoryCustomizer inboxConsumerSettings() {
        return consumers -> consumers.updateConfigs(Map.of(
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                GroupProtocol.CONSUMER.name(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                IsolationLevel.READ_COMMITTED.toString()));
    }

    /**
     * Keeps a message from waiting for the end of a poll. One poll of Kafka's client asks the broker once; when the
     * answer is empty, which it is after half a second without messages, the client sleeps through the rest of the poll
     * (<a href="https://issues.apache.org/jira/browse/KAFKA-20780">KAFKA-20780</a>), by default for 4.5 of 5 seconds.
     * Retries suffer as well. A service that sets {@code spring.kafka.listener.poll-timeout} keeps its own.
     */
    @Bean
    ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>> inboxPolling() {
        return listener -> {
            ContainerProperties settings = listener.getContainerProperties();
            if (settings.getPollTimeout() == ContainerProperties.DEFAULT_POLL_TIMEOUT) {
                settings.setPollTimeout(POLL_TIMEOUT.toMillis());
            }
        };
    }

    @Bean
    Standstills standstills(InboxProperties properties, Clock clock, MeterRegistry meters) {
        Standstills standstills = new Standstills(properties, clock);
        Gauge.builder("wonflow.inbox.standstills", standstills, Standstills::count)
                .description("Partitions that stand still at a message which is being retried")
                .register(meters);
        return standstills;
    }

    @Bean(destroyMethod = "destroy")
    DeadLetterProducer deadLetterProducer(ProducerFactory<?, ?> producers, InboxProperties properties) {
        return new DeadLetterProducer(producers, properties);
    }

    @Bean
    DefaultErrorHandler inboxErrorHandler(
            DeadLetterProducer producer,
            Standstills standstills,
            InboxProperties properties,
            MeterRegistry meters,
            Clock clock) {
        DeadLetters deadLetters =
                new DeadLetters(producer.factory()::createProducer, properties.deadLetterTimeout(), meters, clock);
        // The fixed back-off is never used: the function below answers for every message.
        DefaultErrorHandler handler = new DefaultErrorHandler(deadLetters, new FixedBackOff());
        handler.setBackOffFunction((message, _) -> backOff(standstills, message));
        // Faults take turns while a database comes back; that must not start the count of attempts again.
        handler.setResetStateOnExceptionChange(false);
        handler.setRetryListeners(listener(standstills));
        return handler;
    }

    /** Sees a success, which the error handler does not. */
    @Bean
    RecordInterceptor<Object, Object> inboxRecordInterceptor(Standstills standstills) {
        return new RecordInterceptor<>() {

            @Override
            public ConsumerRecord<Object, Object> intercept(
                    ConsumerRecord<Object, Object> message, Consumer<Object, Object> consumer) {
                return message;
            }

            @Override
            public void success(ConsumerRecord<Object, Object> message, Consumer<Object, Object> consumer) {
                standstills.passed(message);
            }
        };
    }

    @Bean
    InboxHealthIndicator inboxHealthIndicator(KafkaListenerEndpointRegistry listeners, Standstills standstills) {
        return new InboxHealthIndicator(listeners, standstills);
    }

    @Bean
    BrokenListeners brokenListeners(ApplicationContext context) {
        return new BrokenListeners(context);
    }

    private static BackOff backOff(Standstills standstills, ConsumerRecord<?, ?> message) {
        TopicPartition partition = new TopicPartition(message.topic(), message.partition());
        return () -> () -> standstills.nextDelayMillis(partition);
    }

    private static RetryListener listener(Standstills standstills) {
        return new RetryListener() {

            @Override
            public void failedDelivery(ConsumerRecord<?, ?> message, @Nullable Exception thrown, int attempt) {
                standstills.failed(message, thrown == null ? Fault.UNEXPECTED : Fault.of(thrown));
            }

            @Override
            public void recovered(ConsumerRecord<?, ?> message, @Nullable Exception thrown) {
                standstills.passed(message);
            }

            @Override
            public void recoveryFailed(ConsumerRecord<?, ?> message, @Nullable Exception original, Exception failure) {
                standstills.refused(message);
            }
        };
    }

    /** A producer of bytes with the connection settings of the service, opened with the first dead letter. */
    record DeadLetterProducer(DefaultKafkaProducerFactory<byte[], byte[]> factory) {

        DeadLetterProducer(ProducerFactory<?, ?> producers, InboxProperties properties) {
            this(new DefaultKafkaProducerFactory<>(settings(producers, properties)));
        }

        private static Map<String, Object> settings(ProducerFactory<?, ?> producers, InboxProperties properties) {
            int timeoutMillis = Math.toIntExact(properties.deadLetterTimeout().toMillis());
            Map<String, Object> settings = new HashMap<>(producers.getConfigurationProperties());
            settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMillis);
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMillis);
            return settings;
        }

        void destroy() {
            factory.destroy();
        }
    }
}
