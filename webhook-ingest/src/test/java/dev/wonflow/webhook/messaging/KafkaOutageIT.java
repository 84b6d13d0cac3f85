package dev.wonflow.webhook.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.server.KafkaServer;
import dev.wonflow.testsupport.server.TestServers;
import dev.wonflow.webhook.WebhookIngestApplication;
import dev.wonflow.webhook.web.Sender;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Kafka is taken away and brought back, before the start and after it. */
@Tag("F7")
class KafkaOutageIT {

    private static final Duration BACK_LIMIT = Duration.ofSeconds(60);

    private static KafkaServer kafka;
    private static ConfigurableApplicationContext ingest;
    private static Sender sender;

    @BeforeAll
    static void start_without_kafka() {
        kafka = TestServers.anotherKafka();
        WebhookTopic.create(kafka.bootstrapServers());
        kafka.suspend();
        ingest = new SpringApplicationBuilder(WebhookIngestApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.security.oauth2.resourceserver.jwt.issuer-uri="
                                + TokenIssuer.shared().uri(),
                        "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--spring.kafka.producer.buffer-memory=64KB",
                        "--spring.kafka.producer.properties.max.block.ms=700",
                        "--spring.kafka.producer.properties.request.timeout.ms=1000",
                        "--spring.kafka.producer.properties.delivery.timeout.ms=1300",
                        "--wonflow.webhook.ack-timeout=2s");
        sender = new Sender(ingest.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    @AfterAll
    static void stop() {
        ingest.close();
        kafka.stop();
    }

    @Test
    void webhook_is_never_answered_with_200_unless_it_is_in_the_topic() throws Exception {
        Set<String> acknowledged = new HashSet<>();

        assertUnavailable(post("before-first-start"));
        assertThat(sender.get("/readyz").statusCode()).isEqualTo(503);
        assertThat(sender.get("/livez").statusCode()).isEqualTo(200);

        kafka.resume();
        awaitBack("first-start", acknowledged);
        assertThat(sender.get("/readyz").statusCode()).isEqualTo(200);

        kafka.suspend();
        // More than the producer's buffer holds: some wait for an acknowledgement in vain, some for room.
        List<String> outage = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String order = "outage-" + i;
                outage.add(order);
                answers.add(threads.submit(() -> post(order)));
            }
            for (Future<HttpResponse<String>> answer : answers) {
                assertUnavailable(answer.get());
            }
        }

        kafka.resume();
        awaitBack("second-start", acknowledged);
        outage.forEach(order -> {
            // Toss sends again what was refused.
            assertThat(post(order).statusCode()).isEqualTo(200);
            acknowledged.add(order);
        });

        List<String> inTopic = WebhookTopic.read(kafka.bootstrapServers(), _ -> true).stream()
                .map(message -> new String(message.key(), UTF_8))
                .toList();
        assertThat(inTopic).containsAll(acknowledged);
    }

    private static void awaitBack(String order, Set<String> acknowledged) {
        await().atMost(BACK_LIMIT).until(() -> post(order).statusCode() == 200);
        acknowledged.add(order);
    }

    private static HttpResponse<String> post(String order) {
        return sender.post(
                "{\"eventType\":\"X\",\"data\":{\"orderId\":\"" + order + "\",\"pad\":\"" + "x".repeat(1_000) + "\"}}");
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).contains("10");
        assertThat(answer.body()).contains("\"code\":\"service.unavailable\"");
    }
}
