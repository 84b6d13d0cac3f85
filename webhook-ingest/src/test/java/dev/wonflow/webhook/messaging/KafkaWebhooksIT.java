package dev.wonflow.webhook.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.access.WithTokenIssuer;
import dev.wonflow.testsupport.contract.ContractSample;
import dev.wonflow.testsupport.contract.ContractSamples;
import dev.wonflow.testsupport.server.TestServers;
import dev.wonflow.webhook.web.Sender;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@WithTokenIssuer
class KafkaWebhooksIT {

    /** Begins the name of what is kept of a sample with a secret. */
    private static final String PRINTED = "printed-";

    private final Sender sender;

    KafkaWebhooksIT(@Value("${local.server.port}") int port) {
        this.sender = new Sender(port);
    }

    @DynamicPropertySource
    static void kafka(DynamicPropertyRegistry settings) {
        settings.add("spring.kafka.bootstrap-servers", TestServers.kafka()::bootstrapServers);
    }

    @BeforeAll
    static void create_topic() {
        WebhookTopic.create(TestServers.kafka().bootstrapServers());
    }

    @Test
    @Tag("F7")
    void record_holds_what_toss_sent_and_what_we_add() {
        String body = "{\"eventType\":\"PAYMENT_STATUS_CHANGED\", \"data\":{\"orderId\":\"ord_headers\"}}\n";

        HttpResponse<String> answer = sender.post(
                body,
                "tosspayments-webhook-transmission-id",
                "whtrans_headers",
                "tosspayments-webhook-transmission-time",
                "2026-01-05T12:00:33+09:00",
                "tosspayments-webhook-transmission-retried-count",
                "0",
                "authorization",
                "is none of Toss's");

        assertThat(answer.statusCode()).isEqualTo(200);
        ConsumerRecord<byte[], byte[]> message = only("ord_headers");
        assertThat(message.value()).isEqualTo(body.getBytes(UTF_8));
        Map<String, String> headers = headers(message);
        assertThat(UUID.fromString(headers.remove("ce_id")).version()).isEqualTo(7);
        assertThat(Instant.parse(headers.remove("ce_time"))).isNotNull();
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_type", "toss.webhook-received.v1"),
                        Map.entry("ce_source", "/wonflow/webhook-ingest"),
                        Map.entry("ce_subject", "ord_headers"),
                        Map.entry("ce_dataschema", "urn:wonflow:schema:toss.webhook-received.v1"),
                        Map.entry("ce_grade", "UNVERIFIED"),
                        Map.entry("ce_shape", "CLASSIC"),
                        Map.entry("ce_prints", "1"),
                        Map.entry("ce_tosseventtype", "PAYMENT_STATUS_CHANGED"),
                        Map.entry("content-type", "application/json"),
                        Map.entry("tosspayments-webhook-transmission-id", "whtrans_headers"),
                        Map.entry("tosspayments-webhook-transmission-time", "2026-01-05T12:00:33+09:00"),
                        Map.entry("tosspayments-webhook-transmission-retried-count", "0")));
    }

    @Test
    void record_is_of_the_trace_its_request_came_in() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        sender.post("{\"eventType\":\"X\",\"data\":{\"orderId\":\"ord_traced\"}}", "traceparent", trace);

        assertThat(headers(only("ord_traced"))).containsEntry("traceparent", trace);
    }

    @Test
    void trace_that_is_none_is_left_out_and_the_webhook_kept() {
        sender.post("{\"eventType\":\"X\",\"data\":{\"orderId\":\"ord_misled\"}}", "traceparent", "00-none");

        assertThat(headers(only("ord_misled"))).doesNotContainKey("traceparent");
    }

    @Test
    void every_contract_sample_without_a_secret_passes_byte_for_byte() {
        List<ContractSample> samples = ContractSamples.of(KafkaWebhooks.TYPE).stream()
                .filter(sample -> !sample.json().contains("ps_"))
                .filter(sample -> !sample.json().contains("\"billingKey"))
                .filter(sample -> !sample.name().startsWith(PRINTED))
                .toList();

        assertThat(samples).hasSizeGreaterThan(3).allSatisfy(sample -> {
            ConsumerRecord<byte[], byte[]> message = keptOf(sample);
            assertThat(new String(message.value(), UTF_8)).isEqualTo(sample.json());
            assertThat(headers(message)).containsEntry("ce_shape", shape(sample.name()));
        });
    }

    @Test
    void sample_with_a_secret_is_kept_as_its_printed_sample() {
        List<ContractSample> printed = ContractSamples.of(KafkaWebhooks.TYPE).stream()
                .filter(sample -> sample.name().startsWith(PRINTED))
                .toList();

        assertThat(printed).hasSize(3).allSatisfy(expected -> {
            String name = expected.name().substring(PRINTED.length());
            ConsumerRecord<byte[], byte[]> message = keptOf(ContractSamples.of(KafkaWebhooks.TYPE, name));
            assertThat(new String(message.value(), UTF_8)).isEqualTo(expected.json());
            assertThat(headers(message)).containsEntry("ce_shape", shape(name));
        });
    }

    @Test
    void secret_is_in_no_record_of_the_topic() {
        String canary = "ps_canary" + UUID.randomUUID().toString().replace("-", "");
        String escaped = canary.replace("_", "\\u005f");
        List<String> bodies = Stream.of(
                        "{\"eventType\":\"BILLING_DELETED\",\"data\":{\"billingKey\":\"@\",\"reason\":null}}",
                        "{\"eventType\":\"PAYMENT_STATUS_CHANGED\",\"data\":{\"orderId\":\"ord_c\",\"secret\":\"@\"}}",
                        "{\"secret\":\"@\",\"status\":\"DONE\",\"orderId\":\"ord_c\",\"transactionKey\":\"T\"}",
                        "{\"eventType\":\"ORDER_PAYMENT_STATUS_CHANGED\",\"data\":{\"payment\":{\"secret\":\"@\"}}}",
                        "{\"eventType\":\"payout.changed\",\"entityBody\":{\"id\":\"FPA_c\",\"secret\":[\"@\"]}}",
                        "{\"moon\":[{\"billing_key\":\"@\"}]}")
                .flatMap(body -> Stream.of(body.replace("@", canary), body.replace("@", escaped)))
                .toList();
        int before = WebhookTopic.read(TestServers.kafka().bootstrapServers(), _ -> true)
                .size();

        for (String body : bodies) {
            assertThat(sender.post(body).statusCode()).isEqualTo(200);
        }
        // Whether or not these are kept, they are kept without it.
        sender.post("secret=" + canary);
        sender.post("{\"secret\":\"" + canary + "\"");

        List<ConsumerRecord<byte[], byte[]>> all =
                WebhookTopic.read(TestServers.kafka().bootstrapServers(), _ -> true);
        assertThat(all).hasSizeGreaterThanOrEqualTo(before + bodies.size());
        assertThat(all).extracting(KafkaWebhooksIT::everything).noneMatch(record -> record.contains(canary));
    }

    private ConsumerRecord<byte[], byte[]> keptOf(ContractSample sample) {
        String id = "whtrans_" + sample.name();
        assertThat(sender.post(sample.json(), "tosspayments-webhook-transmission-id", id)
                        .statusCode())
                .isEqualTo(200);
        return WebhookTopic.read(
                        TestServers.kafka().bootstrapServers(),
                        record -> id.equals(headers(record).get("tosspayments-webhook-transmission-id")))
                .getFirst();
    }

    /** Key, headers and value as text, the value also with its escapes read. */
    private static String everything(ConsumerRecord<byte[], byte[]> message) {
        String key = message.key() == null ? "" : new String(message.key(), UTF_8);
        String value = new String(message.value(), UTF_8);
        return key + headers(message) + value + value.replace("\\u005f", "_");
    }

    @Test
    void webhook_about_nothing_we_know_is_keyed_by_its_transmission() {
        sender.post("{\"moon\":\"full\"}", "tosspayments-webhook-transmission-id", "whtrans_moon");

        assertThat(headers(only("whtrans_moon"))).containsEntry("ce_shape", "UNKNOWN");
    }

    @Test
    @Tag("F3")
    void hundred_copies_at_once_are_a_hundred_records_of_their_own() throws Exception {
        String body = "{\"eventType\":\"X\",\"data\":{\"orderId\":\"ord_hundred\"}}";
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(() -> sender.post(body)));
            }
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
        }

        assertThat(records("ord_hundred"))
                .hasSize(100)
                .extracting(message -> headers(message).get("ce_id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void ready_while_kafka_is_there() {
        assertThat(sender.get("/readyz").statusCode()).isEqualTo(200);
    }

    /** What the samples are, by the names of their files. */
    private static String shape(String sample) {
        return switch (sample) {
            case String name when name.startsWith("entity") -> "ENTITY";
            case String name when name.startsWith("flat") -> "FLAT";
            default -> "CLASSIC";
        };
    }

    private static ConsumerRecord<byte[], byte[]> only(String key) {
        List<ConsumerRecord<byte[], byte[]>> records = records(key);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String key) {
        return WebhookTopic.read(
                TestServers.kafka().bootstrapServers(),
                message -> message.key() != null && key.equals(new String(message.key(), UTF_8)));
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> message) {
        return StreamSupport.stream(message.headers().spliterator(), false)
                .collect(toMap(
                        Header::key, header -> new String(header.value(), UTF_8), (a, b) -> a + "|" + b, TreeMap::new));
    }
}
