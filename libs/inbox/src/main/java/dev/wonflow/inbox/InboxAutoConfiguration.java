package dev.wonflow.inbox;

import dev.wonflow.runtime.PeriodicWork;
import dev.wonflow.runtime.trace.Trace;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.config.ContainerPostProcessor;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.transaction.support.TransactionOperations;

/** Gives a service its inbox, and every {@code @KafkaListener} in it the same treatment of failures. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration",
            "dev.wonflow.runtime.RuntimeAutoConfiguration"
        })
@EnableConfigurationProperties(InboxProperties.class)
public final class InboxAutoConfiguration {

    /** Uncompressed, in bytes. Less than a broker accepts in one request ({@code socket.request.max.bytes}). */
    private static final int LARGEST_WHOLE_LETTER = 64 << 20;

    /** Each commit is a request to the broker that the consumer waits for; as long as its shortest rest. */
    private static final Duration COMMIT_PAUSE = RestingConsumer.SHORT_POLL;

    @Bean
    @ConditionalOnBean(JdbcClient.class)
    Inbox inbox(
            JdbcClient jdbc,
            Sequences sequences,
            SkippedMessages skipped,
            TransactionOperations transaction,
            ObjectProvider<Trace> trace) {
        return new Inbox(jdbc, sequences, skipped, transaction, trace.getIfAvailable(Trace::passedOn));
    }

    /** Without its tables a service would start, and fail at each message until someone looks. */
    @Bean
    @ConditionalOnBean(DataSource.class)
    @DependsOnDatabaseInitialization
    InboxSchemaCheck inboxSchemaCheck(DataSource database) {
        return new InboxSchemaCheck(database);
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
    PeriodicWork inboxRetentionRuns(InboxRetention retention, InboxProperties properties) {
        // Out of the busy first moments of a service, and still run in one that restarts often.
        return new PeriodicWork(
                "inbox-retention", Duration.ofMinutes(1), properties.retentionInterval(), retention::runOnce);
    }

    @Bean
    SkippedMessages skippedMessages(MeterRegistry meters) {
        return new SkippedMessages(meters);
    }

    /** What the promises of this library rest on; a service's own consumer settings cannot take it away. */
    @Bean
    DefaultKafkaConsumerFactoryCustomizer inboxConsumerSettings(ObjectProvider<Lanes> lanes) {
        return consumers -> {
            consumers.updateConfigs(Map.of(
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
                    IsolationLevel.READ_COMMITTED.toString(),
                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                    Math.toIntExact(RestingConsumer.FETCH_WAIT.toMillis())));
            consumers.addPostProcessor(consumer -> RestingConsumer.of(consumer, lanes.getObject()));
        };
    }

    /**
     * Leaves offsets to the {@link Lanes}, and the length of polls to {@link RestingConsumer}: the default of five
     * seconds is longer than the broker lets a request wait. A service that sets
     * {@code spring.kafka.listener.poll-timeout} keeps its own for a listener that rests.
     */
    @Bean
    ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>> inboxListeners(
            Lanes lanes) {
        return listener -> {
            requireSingleMessages(listener);
            ContainerProperties settings = listener.getContainerProperties();
            settings.setAckMode(ContainerProperties.AckMode.MANUAL);
            settings.setConsumerRebalanceListener(rebalanceListener(lanes));
            // A thread of its own, also where all else runs on virtual ones: there are few, and their waits cost less.
            settings.setListenerTaskExecutor(null);
            if (settings.getPollTimeout() == ContainerProperties.DEFAULT_POLL_TIMEOUT) {
                settings.setPollTimeout(RestingConsumer.FETCH_WAIT.toMillis());
            }
        };
    }

    @Bean
    BlockedPartitions blockedPartitions(InboxProperties properties, Clock clock, MeterRegistry meters) {
        BlockedPartitions blockedPartitions = new BlockedPartitions(properties, clock);
        Gauge.builder("wonflow.inbox.standstills", blockedPartitions, BlockedPartitions::count)
                .description("Partitions that stand still at a message which is being retried")
                .register(meters);
        return blockedPartitions;
    }

    @Bean
    LetterProducer letterProducer(ProducerFactory<?, ?> producers, InboxProperties properties) {
        Map<String, Object> settings = letterSettings(producers, properties);
        return new LetterProducer(() -> new KafkaProducer<>(settings), properties.deadLetterTimeout());
    }

    @Bean
    Backlogs backlogs(KafkaAdmin kafka) {
        return new Backlogs(kafka.getConfigurationProperties());
    }

    @Bean
    DeadLetterTopics deadLetterTopics(KafkaAdmin kafka, InboxProperties properties) {
        return new DeadLetterTopics(kafka.getConfigurationProperties(), properties.deadLetterTimeout());
    }

    @Bean
    Lanes lanes(
            LetterProducer producer,
            DeadLetterTopics topics,
            BlockedPartitions blockedPartitions,
            MeterRegistry meters,
            Clock clock) {
        // Threads are cheap here, and one that waits for a topic must not keep the letters of another waiting.
        Executor executor = task -> Thread.ofVirtual().name("dead-letters").start(task);
        return new Lanes(
                blockedPartitions,
                new DeadLetters(producer, topics::largestBatch, executor, meters, clock),
                LetterBudget.ofHeap(Runtime.getRuntime().maxMemory()),
                COMMIT_PAUSE);
    }

    @Bean
    CommonErrorHandler inboxErrorHandler(Lanes lanes) {
        return new LaneErrorHandler(lanes);
    }

    @Bean
    RecordInterceptor<Object, Object> inboxRecordInterceptor(Lanes lanes) {
        return new RecordInterceptor<>() {

            @Override
            public void setupThreadState(Consumer<?, ?> consumer) {
                // Called before each poll.
                lanes.tidy(consumer);
            }

            @Override
            public ConsumerRecord<Object, Object> intercept(
                    ConsumerRecord<Object, Object> message, Consumer<Object, Object> consumer) {
                lanes.admit(message, consumer);
                return message;
            }

            @Override
            public void success(ConsumerRecord<Object, Object> message, Consumer<Object, Object> consumer) {
                lanes.passed(message, consumer);
            }
        };
    }

    /** See {@link Inbox#BATCHED}. */
    @Bean(Inbox.BATCHED)
    @ConditionalOnBean(JdbcClient.class)
    ContainerPostProcessor<Object, Object, ConcurrentMessageListenerContainer<Object, Object>> inboxBatches(
            Lanes lanes, Inbox inbox, TransactionOperations transaction) {
        return listener -> {
            ContainerProperties settings = listener.getContainerProperties();
            if (!(settings.getMessageListener() instanceof AcknowledgingConsumerAwareMessageListener<?, ?> single)) {
                throw new IllegalStateException("listener " + listener.getListenerId()
                        + ": not one of Spring's own (expected: a method with @KafkaListener)");
            }
            settings.setMessageListener(new BatchedListener(ofBytes(single), lanes, inbox, transaction));
            listener.setBatchInterceptor(new BatchInterceptor<>() {

                @Override
                public void setupThreadState(Consumer<?, ?> consumer) {
                    // Called before each poll.
                    lanes.tidy(consumer);
                }

                @Override
                public ConsumerRecords<Object, Object> intercept(
                        ConsumerRecords<Object, Object> messages, Consumer<Object, Object> consumer) {
                    return messages;
                }
            });
        };
    }

    @SuppressWarnings("unchecked") // It is handed what the container would hand it.
    private static AcknowledgingConsumerAwareMessageListener<Object, Object> ofBytes(
            AcknowledgingConsumerAwareMessageListener<?, ?> listener) {
        return (AcknowledgingConsumerAwareMessageListener<Object, Object>) listener;
    }

    @Bean
    InboxHealthIndicator inboxHealthIndicator(
            KafkaListenerEndpointRegistry listeners, BlockedPartitions blockedPartitions) {
        return new InboxHealthIndicator(listeners, blockedPartitions);
    }

    @Bean
    BrokenListeners brokenListeners(ApplicationContext context) {
        return new BrokenListeners(context);
    }

    static ConsumerRebalanceListener rebalanceListener(Lanes lanes) {
        return new ConsumerAwareRebalanceListener() {

            @Override
            public void onPartitionsRevokedBeforeCommit(
                    Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                lanes.revoked(partitions, consumer);
            }

            @Override
            public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                // Whatever is still known of them is of an earlier time.
                lanes.lost(partitions, consumer);
            }

            @Override
            public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                lanes.lost(partitions, consumer);
            }
        };
    }

    /** Fails the start: once messages come, a batch could neither be taken apart nor passed over. */
    private static void requireSingleMessages(ConcurrentMessageListenerContainer<?, ?> listener) {
        if (listener.getContainerProperties().getMessageListener() instanceof BatchMessageListener) {
            throw new IllegalStateException("listener " + listener.getListenerId()
                    + ": takes batches (expected: one message at a time, or a message nobody can read could not be told"
                    + " from the others; containerPostProcessor = Inbox.BATCHED puts a poll in one transaction)");
        }
    }

    /**
     * The connection settings of the service, for bytes. It takes whatever a consumer got: a record is as large as it
     * is uncompressed here, but only as large as it is compressed to the broker.
     */
    private static Map<String, Object> letterSettings(ProducerFactory<?, ?> producers, InboxProperties properties) {
        int timeoutMillis = Math.toIntExact(properties.deadLetterTimeout().toMillis());
        Map<String, Object> settings = new HashMap<>(producers.getConfigurationProperties());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_WHOLE_LETTER);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, LARGEST_WHOLE_LETTER);
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMillis);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMillis);
        return settings;
    }
}
