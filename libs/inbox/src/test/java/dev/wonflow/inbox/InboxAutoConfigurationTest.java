package dev.wonflow.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.transaction.support.TransactionOperations;

class InboxAutoConfigurationTest {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, InboxAutoConfiguration.class))
            .withUserConfiguration(Surroundings.class)
            .withPropertyValues("spring.kafka.bootstrap-servers=127.0.0.1:1");

    @Test
    void every_listener_of_the_service_gets_the_error_handling() {
        context.run(running -> {
            ConcurrentKafkaListenerContainerFactory<?, ?> listeners =
                    running.getBean(ConcurrentKafkaListenerContainerFactory.class);
            ConcurrentMessageListenerContainer<?, ?> listener = listeners.createContainer("payment.events");

            assertThat(listener.getCommonErrorHandler()).isSameAs(running.getBean("inboxErrorHandler"));
            assertThat(listener.getRecordInterceptor()).isSameAs(running.getBean("inboxRecordInterceptor"));
        });
    }

    @Test
    void settings_the_promises_rest_on_cannot_be_taken_away() {
        context.withPropertyValues(
                        "spring.kafka.consumer.value-deserializer=org.apache.kafka.common.serialization.StringDeserializer",
                        "spring.kafka.consumer.enable-auto-commit=true",
                        "spring.kafka.consumer.auto-offset-reset=latest")
                .run(running -> {
                    ConsumerFactory<?, ?> consumers = running.getBean(ConsumerFactory.class);

                    assertThat(consumers.getConfigurationProperties())
                            .containsEntry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class)
                            .containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)
                            .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
                });
    }

    @Test
    void poll_is_no_longer_than_the_broker_lets_a_request_wait() {
        context.withPropertyValues("spring.kafka.consumer.fetch-max-wait=5s").run(running -> {
            Object wait = running.getBean(ConsumerFactory.class)
                    .getConfigurationProperties()
                    .get(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG);

            assertThat(wait).isEqualTo((int) pollTimeout(running));
        });
    }

    @Test
    void listener_has_a_platform_thread_of_its_own_where_all_else_is_virtual() {
        context.withPropertyValues("spring.threads.virtual.enabled=true")
                .run(running -> assertThat(running.getBean(ConcurrentKafkaListenerContainerFactory.class)
                                .createContainer("payment.events")
                                .getContainerProperties()
                                .getListenerTaskExecutor())
                        .isNull());
    }

    @Test
    void service_that_sets_the_length_of_a_poll_keeps_its_own() {
        context.withPropertyValues("spring.kafka.listener.poll-timeout=2s")
                .run(running -> assertThat(pollTimeout(running)).isEqualTo(2_000));
    }

    private static long pollTimeout(ApplicationContext running) {
        return running.getBean(ConcurrentKafkaListenerContainerFactory.class)
                .createContainer("payment.events")
                .getContainerProperties()
                .getPollTimeout();
    }

    @Test
    void listener_of_batches_is_refused_at_start() {
        context.withBean(Batches.class)
                .run(running -> assertThat(running)
                        .getFailure()
                        .hasMessage(
                                "listener batches: takes batches (expected: one message at a time, or a message nobody can"
                                        + " read could not be told from the others; containerPostProcessor ="
                                        + " Inbox.BATCHED puts a poll in one transaction)"));
    }

    static class Batches {

        @KafkaListener(id = "batches", topics = "payment.events", batch = "true", autoStartup = "false")
        void on(List<ConsumerRecord<byte[], byte[]>> messages) {
            throw new IllegalStateException(messages.size() + " messages (expected: no listener)");
        }
    }

    @Test
    void service_has_an_inbox_and_its_retention() {
        context.run(running -> assertThat(running)
                .hasSingleBean(Inbox.class)
                .hasSingleBean(InboxRetention.class)
                .hasSingleBean(InboxHealthIndicator.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class Surroundings {

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-01-05T03:00:00Z"), ZoneOffset.UTC);
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        JdbcClient jdbc() {
            return JdbcClient.create(new DriverManagerDataSource("jdbc:none"));
        }

        @Bean
        TransactionOperations transaction() {
            return TransactionOperations.withoutTransaction();
        }
    }
}
