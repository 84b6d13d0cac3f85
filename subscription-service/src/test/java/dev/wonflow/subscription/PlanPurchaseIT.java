package dev.wonflow.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.contract.ContractSchema;
import dev.wonflow.testsupport.server.RealServers;
import dev.wonflow.testsupport.server.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.micrometer.metrics.actuate.endpoint.MetricsEndpoint;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a paid message to the tenant's plan, on a real PostgreSQL and a real Kafka. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"wonflow.inbox.max-retries=1", "wonflow.inbox.retry-delay=20ms"})
@RealServers
class PlanPurchaseIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Instant APPROVED = Instant.parse("2026-01-31T03:00:00Z");

    private static final JsonMapper JSON = new JsonMapper();

    private static KafkaProducer<byte[], byte[]> producer;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final int managementPort;
    private final String database;
    private final JdbcClient jdbc;
    private final MutableClock clock;
    private final MetricsEndpoint metrics;

    @Autowired
    PlanPurchaseIT(
            @Value("${local.server.port}") int port,
            @Value("${local.management.port}") int managementPort,
            @Value("${spring.datasource.url}") String database,
            JdbcClient jdbc,
            MutableClock clock,
            MetricsEndpoint metrics) {
        this.port = port;
        this.managementPort = managementPort;
        this.database = database;
        this.jdbc = jdbc;
        this.clock = clock;
        this.metrics = metrics;
    }

    @TestConfiguration
    static class Surroundings {

        @Bean
        MutableClock clock() {
            return new MutableClock(APPROVED);
        }
    }

    @BeforeAll
    static void open_producer() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void close_producer() {
        producer.close();
    }

    @Test
    void paid_plan_is_active_for_a_month_and_announced() {
        Tenant tenant = new Tenant();

        tenant.pays("p1", "basic", 9_900, APPROVED);

        JsonNode current = tenant.awaitSubscription();
        assertThat(current.get("plan").stringValue()).isEqualTo("basic");
        assertThat(current.get("status").stringValue()).isEqualTo("active");
        assertThat(current.get("livemode").booleanValue()).isFalse();
        assertThat(current.get("activatedAt").stringValue()).isEqualTo("2026-01-31T03:00:00Z");
        assertThat(current.get("planExpiresAt").stringValue()).isEqualTo("2026-02-28T03:00:00Z");
        assertThat(tenant.awaitAnnouncements(1)).singleElement().satisfies(announcement -> {
            ContractSchema.of("subscription.activated.v1").validate(announcement);
            assertThat(JSON.readTree(announcement).get("planExpiresAt").stringValue())
                    .isEqualTo("2026-02-28T03:00:00Z");
        });
    }

    @Test
    void same_message_many_times_and_same_payment_told_anew_count_once() {
        Tenant tenant = new Tenant();

        for (int i = 0; i < 5; i++) {
            tenant.pays("p1", "basic", 9_900, APPROVED, "same-id");
        }
        tenant.pays("p1", "basic", 9_900, APPROVED, "another-id", 5);
        // Of the same moment, for the two payments may come in either order: their orders are different keys.
        tenant.pays("p2", "basic", 9_900, APPROVED, "last");

        tenant.awaitPurchases(2);
        assertThat(tenant.planExpiresAt()).isEqualTo("2026-03-31T03:00:00Z");
        assertThat(tenant.awaitAnnouncements(2)).hasSize(2);
    }

    @Test
    void payments_of_one_tenant_at_once_all_count() {
        Tenant tenant = new Tenant();

        // Keys of different partitions, so that both listener threads are at it.
        for (int i = 0; i < 24; i++) {
            tenant.pays("p" + i, "basic", 9_900, APPROVED);
        }

        tenant.awaitPurchases(24);
        assertThat(tenant.planExpiresAt()).isEqualTo("2028-01-31T03:00:00Z");
        assertThat(tenant.awaitAnnouncements(24)).hasSize(24);
        assertThat(jdbc.sql("SELECT count(DISTINCT sequence) FROM outbox WHERE tenant_id = :tenant")
                        .param("tenant", tenant.id)
                        .query(Integer.class)
                        .single())
                .isEqualTo(24);
    }

    @Test
    void money_that_buys_no_plan_waits_for_a_person() {
        Tenant tenant = new Tenant();

        tenant.pays("p1", "basic", 9_899, APPROVED);
        tenant.pays("p2", "gold", 9_900, APPROVED);

        tenant.awaitIncidents("UNDERPAID", "UNKNOWN_PLAN");
        assertThat(tenant.get().statusCode()).isEqualTo(404);
        assertThat(tenant.announcements()).isEmpty();
    }

    @Test
    @Tag("F5")
    void refund_of_a_bought_plan_takes_its_time_back() {
        Tenant tenant = new Tenant();

        tenant.pays("p1", "basic", 9_900, APPROVED);
        tenant.getsBack("p1", 4);

        await().atMost(LIMIT)
                .until(() ->
                        tenant.awaitSubscription().get("status").stringValue().equals("expired"));
        tenant.awaitIncidents();
    }

    @Test
    void payment_redriven_from_the_dead_letters_after_its_refund_gives_no_plan() {
        Tenant tenant = new Tenant();
        String failing = "fails_once_" + tenant.id.replace('-', '_');
        jdbc.sql("ALTER TABLE purchase ADD CONSTRAINT " + failing + " CHECK (tenant_id <> '" + tenant.id + "')")
                .update();
        tenant.pays("p1", "basic", 9_900, APPROVED);
        ConsumerRecord<byte[], byte[]> letter = await().atMost(LIMIT)
                .until(() -> deadLetters(tenant.key("p1")), letters -> letters.size() == 1)
                .getFirst();
        jdbc.sql("ALTER TABLE purchase DROP CONSTRAINT " + failing).update();
        tenant.getsBack("p1", 4);
        double before = skipped("payment.paid.v1", "stale");

        ProducerRecord<byte[], byte[]> redriven = new ProducerRecord<>(
                "payment.events", letter.partition(), letter.key(), letter.value(), letter.headers());
        send(redriven);

        await("the redriven message is dropped")
                .atMost(LIMIT)
                .until(() -> skipped("payment.paid.v1", "stale") == before + 1);
        assertThat(tenant.get().statusCode()).isEqualTo(404);
        assertThat(tenant.announcements()).isEmpty();
    }

    @Test
    void billing_method_told_registered_after_its_removal_stays_removed() {
        Tenant tenant = new Tenant();
        UUID method = UUID.randomUUID();
        double before = skipped("payment.billing-method-registered.v1", "stale");
        tenant.send(
                "p1",
                "payment.billing-method-removed.v1",
                """
                {"billingMethodId":"%s","tenantId":"%s","removedBy":"TENANT","livemode":false,
                 "removedAt":"2026-03-05T00:00:00Z"}
                """.formatted(method, tenant.id),
                UUID.randomUUID().toString(),
                2);

        tenant.send(
                "p1",
                "payment.billing-method-registered.v1",
                """
                {"billingMethodId":"%s","tenantId":"%s","livemode":false,"registeredAt":"2026-01-05T00:00:00Z"}
                """.formatted(method, tenant.id),
                UUID.randomUUID().toString(),
                1);

        await("the older news are dropped")
                .atMost(LIMIT)
                .until(() -> skipped("payment.billing-method-registered.v1", "stale") == before + 1);
        assertThat(jdbc.sql("SELECT removed_at IS NOT NULL AND registered_at IS NULL FROM billing_method WHERE id = ?")
                        .param(method)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void payment_redriven_after_a_part_of_it_went_back_still_gives_its_plan() {
        Tenant tenant = new Tenant();
        tenant.send(
                "p1",
                "payment.partially-refunded.v1",
                """
                {"paymentId":"%s","orderId":"%s","tenantId":"%s","amount":9900,"currency":"KRW",
                 "livemode":false,"refundedAmount":100,"balanceAmount":9800,"refundedAt":"2026-02-01T00:00:00Z"}
                """.formatted(tenant.paymentId("p1"), tenant.key("p1"), tenant.id),
                UUID.randomUUID().toString(),
                4);

        tenant.pays("p1", "basic", 9_900, APPROVED);

        assertThat(tenant.awaitSubscription().get("status").stringValue()).isEqualTo("active");
    }

    @Test
    void unreadable_message_becomes_a_dead_letter_and_the_next_one_is_handled() {
        Tenant tenant = new Tenant();

        tenant.send(
                "p1",
                "payment.paid.v1",
                "{\"plan\":\"basic\"",
                UUID.randomUUID().toString());
        tenant.pays("p1", "basic", 9_900, APPROVED);

        tenant.awaitSubscription();
        assertThat(await().atMost(LIMIT).until(() -> deadLetters(tenant.key("p1")), letters -> !letters.isEmpty()))
                .singleElement()
                .satisfies(letter -> assertThat(letter.value()).isEqualTo("{\"plan\":\"basic\"".getBytes(UTF_8)));
    }

    @Test
    void unknown_type_and_paid_goods_change_nothing() {
        Tenant tenant = new Tenant();

        tenant.send(
                "p1", "payment.invented.v1", "not even JSON", UUID.randomUUID().toString());
        tenant.pays("p1", null, 9_900, APPROVED);
        tenant.pays("p1", "basic", 9_900, APPROVED);

        tenant.awaitPurchases(1);
        assertThat(deadLetters(tenant.key("p1"))).isEmpty();
    }

    @Test
    void plan_that_ran_out_shows_as_expired() {
        Tenant tenant = new Tenant();
        tenant.pays("p1", "basic", 9_900, APPROVED);
        tenant.awaitSubscription();

        clock.set(Instant.parse("2026-02-28T03:00:00Z"));
        try {
            assertThat(tenant.awaitSubscription().get("status").stringValue()).isEqualTo("expired");
        } finally {
            clock.set(APPROVED);
        }
    }

    @Test
    void catalogue_is_on_its_topic_after_the_start() {
        assertThat(await().atMost(LIMIT)
                        .until(() -> read("plan.catalogue", _ -> true), messages -> messages.size() >= 3))
                .extracting(message -> new String(message.key(), UTF_8) + " " + header(message, "ce_type") + " "
                        + header(message, "ce_sequence"))
                .contains("basic plan.priced.v1 1", "team plan.priced.v1 1", "pro plan.priced.v1 1");
    }

    @Test
    void plans_are_listed_with_their_prices() {
        HttpResponse<String> answer = get("/api/plans", "any");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).get("data").get(0)).isEqualTo(JSON.readTree("""
            {"id":"basic","name":"베이직","price":9900,"currency":"KRW","product":"default","interval":"P1M",
             "trialDays":0,"trialNeedsMethod":true,"includedSeats":1,"seatPrice":0,"maxSeats":null,"features":[],
             "quotas":{},"taxFreeAmount":0,"unusedTime":"lost","version":1}
            """));
    }

    @Test
    void tenant_without_subscription_gets_a_problem() {
        HttpResponse<String> answer = new Tenant().get();

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"subscription.not-found\"");
    }

    @Test
    void unusable_tenant_is_a_problem() {
        HttpResponse<String> answer = get("/api/subscriptions/current", " ");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"access.tenant-missing\"");
    }

    @Test
    void database_that_is_away_is_a_503_with_a_time_to_come_back() {
        TestServers.postgres().shut(database);
        try {
            HttpResponse<String> answer = new Tenant().get();

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).contains("2");
            assertThat(answer.body()).contains("\"code\":\"service.unavailable\"");
        } finally {
            TestServers.postgres().open(database);
        }
        await().atMost(LIMIT).until(() -> new Tenant().get().statusCode() == 404);
    }

    @Test
    void what_nobody_serves_is_a_problem_with_a_code() {
        assertThat(get("/error", "any").body()).contains("\"code\":\"http.404\"");
        assertThat(get("/a%00b", "any").body()).contains("\"code\":\"http.400\"");
    }

    @Test
    void service_is_alive_and_ready() {
        assertThat(send(request(managementPort, "/actuator/health/liveness")).statusCode())
                .isEqualTo(200);
        assertThat(send(request(managementPort, "/actuator/health/readiness")).statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> get(String path, String tenant) {
        return send(request(port, path)
                .header("Authorization", "Bearer " + TokenIssuer.shared().token(tenant, "tenant:billing:read")));
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LIMIT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void send(ProducerRecord<byte[], byte[]> message) {
        try {
            producer.send(message).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private double skipped(String type, String reason) {
        MetricsEndpoint.MetricDescriptor skipped =
                metrics.metric("wonflow.inbox.skipped", List.of("type:" + type, "reason:" + reason));
        return skipped == null
                ? 0
                : skipped.getMeasurements().stream()
                        .mapToDouble(MetricsEndpoint.Sample::getValue)
                        .sum();
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(String key) {
        return read("payment.events-dlt", letter -> key.equals(new String(letter.key(), UTF_8)));
    }

    /** All records up to now that fit. */
    private static List<ConsumerRecord<byte[], byte[]>> read(
            String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            Collection<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> {
                    if (wanted.test(message)) {
                        found.add(message);
                    }
                });
            }
        }
        return found;
    }

    /** A tenant of its own for each test, because database and broker are shared. */
    private final class Tenant {

        final String id = "tenant-" + UUID.randomUUID();

        String key(String payment) {
            return "ord_" + id + "-" + payment;
        }

        UUID paymentId(String payment) {
            return UUID.nameUUIDFromBytes((id + payment).getBytes(UTF_8));
        }

        void pays(String payment, @Nullable String plan, long amount, Instant approvedAt) {
            pays(payment, plan, amount, approvedAt, UUID.randomUUID().toString());
        }

        void pays(String payment, @Nullable String plan, long amount, Instant approvedAt, String messageId) {
            pays(payment, plan, amount, approvedAt, messageId, 3);
        }

        void pays(
                String payment,
                @Nullable String plan,
                long amount,
                Instant approvedAt,
                String messageId,
                long sequence) {
            send(
                    payment,
                    "payment.paid.v1",
                    """
                    {"paymentId":"%s","orderId":"%s","tenantId":"%s","amount":%d,"currency":"KRW",
                     "livemode":false,"plan":%s,"paymentKey":"pk","method":"카드","approvedAt":"%s"}
                    """.formatted(
                                    paymentId(payment),
                                    key(payment),
                                    id,
                                    amount,
                                    plan == null ? "null" : "\"" + plan + "\"",
                                    approvedAt),
                    messageId.length() > 30 ? messageId : id + messageId,
                    sequence);
        }

        void getsBack(String payment, long sequence) {
            send(
                    payment,
                    "payment.refunded.v1",
                    """
                    {"paymentId":"%s","orderId":"%s","tenantId":"%s","amount":9900,"currency":"KRW",
                     "livemode":false,"refundedAmount":9900,"balanceAmount":0,"refundedAt":"2026-02-01T00:00:00Z"}
                    """.formatted(paymentId(payment), key(payment), id),
                    UUID.randomUUID().toString(),
                    sequence);
        }

        void send(String payment, String type, String body, String messageId) {
            send(payment, type, body, messageId, 3);
        }

        void send(String payment, String type, String body, String messageId, long sequence) {
            ProducerRecord<byte[], byte[]> message =
                    new ProducerRecord<>("payment.events", key(payment).getBytes(UTF_8), body.getBytes(UTF_8));
            message.headers()
                    .add("ce_id", messageId.getBytes(UTF_8))
                    .add("ce_type", type.getBytes(UTF_8))
                    .add("ce_sequence", Long.toString(sequence).getBytes(UTF_8));
            PlanPurchaseIT.send(message);
        }

        HttpResponse<String> get() {
            return PlanPurchaseIT.this.get("/api/subscriptions/current", id);
        }

        JsonNode awaitSubscription() {
            HttpResponse<String> answer = await().atMost(LIMIT).until(this::get, found -> found.statusCode() == 200);
            return JSON.readTree(answer.body());
        }

        Instant planExpiresAt() {
            return Instant.parse(awaitSubscription().get("planExpiresAt").stringValue());
        }

        void awaitPurchases(int count) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(jdbc.sql("SELECT count(*) FROM purchase WHERE tenant_id = :tenant")
                                    .param("tenant", id)
                                    .query(Integer.class)
                                    .single())
                            .isEqualTo(count));
        }

        void awaitIncidents(String... kinds) {
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(jdbc.sql("SELECT kind FROM reported_incident WHERE tenant_id = :tenant")
                                            .param("tenant", id)
                                            .query(String.class)
                                            .list())
                                    .containsExactlyInAnyOrder(kinds));
        }

        /** What the rest of the world hears; each event of ours is counted once, however often it is delivered. */
        List<String> awaitAnnouncements(int count) {
            return await().atMost(LIMIT).until(this::announcements, bodies -> bodies.size() == count);
        }

        private List<String> announcements() {
            Map<String, String> byId = new LinkedHashMap<>();
            read(
                            "subscription.events",
                            message -> id.equals(header(message, "ce_tenantid"))
                                    && header(message, "ce_type").equals("subscription.activated.v1"))
                    .forEach(message -> byId.put(header(message, "ce_id"), new String(message.value(), UTF_8)));
            return List.copyOf(byId.values());
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }
}
