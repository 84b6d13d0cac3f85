package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.server.KafkaServer;
import dev.wonflow.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.KafkaListener;

/** A Kafka that is away is told, not shouted. */
@ExtendWith(OutputCaptureExtension.class)
class KafkaAwayIT {

    static final String TIDINGS = "inbox-tidings";

    private static final Duration AWAY = Duration.ofSeconds(20);

    private static KafkaServer kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = TestServers.anotherKafka();
        try (Admin admin = Admin.create(clientSettings())) {
            admin.createTopics(List.of(new NewTopic(TIDINGS, 3, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        kafka.stop();
    }

    @Test
    void log_stays_small_while_kafka_is_away_and_messages_come_again_afterwards(CapturedOutput output)
            throws Exception {
        try (ConfigurableApplicationContext service = newsreader()) {
            send("before");
            soon("first message").until(() -> Newsreader.READ.contains("before"));

            long before = lines(output);
            kafka.suspend();
            Awaitility.await("a while")
                    .pollDelay(AWAY)
                    .atMost(AWAY.plusSeconds(10))
                    .until(() -> true);
            long told = lines(output) - before;
            kafka.resume();

            assertThat(output).contains("could not be established");
            // It was hundreds to thousands a second.
            assertThat(told).as("lines of " + AWAY).isBetween(1L, 800L);

            send("after");
            soon("message after the outage").until(() -> Newsreader.READ.contains("after"));
            assertThat(service.isRunning()).isTrue();
        }
    }

    @Test
    void topic_that_was_deleted_and_made_again_is_read_from_its_new_beginning() throws Exception {
        try (ConfigurableApplicationContext service = newsreader();
                Admin admin = Admin.create(clientSettings())) {
            send("before the deletion");
            soon("message before").until(() -> Newsreader.READ.contains("before the deletion"));

            admin.deleteTopics(List.of(TIDINGS)).all().get();
            soon("deletion").until(() -> !admin.listTopics().names().get().contains(TIDINGS));
            admin.createTopics(List.of(new NewTopic(TIDINGS, 3, (short) 1)))
                    .all()
                    .get();
            send("after the deletion");

            soon("message after").until(() -> Newsreader.READ.contains("after the deletion"));
            assertThat(service.isRunning()).isTrue();
        }
    }

    private static ConfigurableApplicationContext newsreader() {
        return new SpringApplicationBuilder(Newsreader.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        // As a service has it that says nothing of its loggers.
                        "logging.level.org.apache.kafka=info")
                .run();
    }

    private static void send(String text) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TIDINGS, text.getBytes(UTF_8))).get();
        }
    }

    private static ConditionFactory soon(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50));
    }

    private static Map<String, Object> clientSettings() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private static long lines(CapturedOutput output) {
        return output.getAll().lines().count();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import(Newsreader.Listener.class)
    static class Newsreader {

        private static final Set<String> READ = ConcurrentHashMap.newKeySet();

        static class Listener {

            @KafkaListener(id = "newsreader", topics = TIDINGS)
            void on(ConsumerRecord<byte[], byte[]> message) {
                READ.add(new String(message.value(), UTF_8));
            }
        }
    }
}
