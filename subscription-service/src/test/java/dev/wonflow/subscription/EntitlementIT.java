package dev.wonflow.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.entitlement.FollowSubscriptions;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.subscription.Purchase;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.access.TokenIssuer;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a tenant may use follows its subscription: in the database, on the topic and over HTTP. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@RealServers
class EntitlementIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-01-31T03:00:00Z");
    private static final Instant MONTH_END = Instant.parse("2026-02-28T03:00:00Z");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final TenantId tenant = new TenantId("tenant-" + UUID.randomUUID());
    private final int port;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final StoreSubscriptions store;
    private final Subscriptions subscriptions;
    private final PlanVersions versions;
    private final FollowSubscriptions followSubscriptions;
    private final MutableClock clock;

    @Autowired
    EntitlementIT(
            @Value("${local.server.port}") int port,
            JdbcClient jdbc,
            TransactionOperations transaction,
            StoreSubscriptions store,
            Subscriptions subscriptions,
            PlanVersions versions,
            FollowSubscriptions followSubscriptions,
            MutableClock clock) {
        this.port = port;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.store = store;
        this.subscriptions = subscriptions;
        this.versions = versions;
        this.followSubscriptions = followSubscriptions;
        this.clock = clock;
    }

    @TestConfiguration
    static class Surroundings {

        @Bean
        MutableClock clock() {
            return new MutableClock(NOW);
        }
    }

    @AfterEach
    void set_the_clock_back() {
        clock.set(NOW);
    }

    @Test
    void every_change_of_the_subscription_is_told_in_full_and_in_order() {
        buys();
        step(running -> running.methodSet(UUID.randomUUID(), NOW));
        step(running -> running.cancelScheduled(NOW));
        step(running -> running.canceled(NOW));

        List<JsonNode> told = awaitTold(4);
        assertThat(told.stream()
                        .map(each -> each.get("version").longValue() + " "
                                + each.get("access").stringValue() + " "
                                + each.path("endsAt").stringValue("-")))
                .containsExactly("1 FULL 2026-02-28T03:00:00Z", "2 FULL -", "3 FULL 2026-02-28T03:00:00Z", "4 NONE -");
        assertThat(told.getFirst().get("plan").stringValue()).isEqualTo("team");
        assertThat(told.getFirst().get("planExpiresAt").stringValue()).isEqualTo(MONTH_END.toString());
    }

    @Test
    void change_that_gives_and_takes_nothing_is_not_told() {
        buys();
        step(running -> running.methodSet(UUID.randomUUID(), NOW));
        step(running -> running.methodSet(UUID.randomUUID(), NOW));
        step(running -> running.canceled(NOW));

        assertThat(awaitTold(3).getLast().get("version").longValue()).isEqualTo(3);
    }

    @Test
    void change_that_is_rolled_back_is_told_to_nobody() {
        transaction.executeWithoutResult(status -> {
            store.store(bought());
            status.setRollbackOnly();
        });
        assertThat(get("", "").body()).isEqualTo("{\"data\":[]}");

        buys();

        assertThat(awaitTold(1)).hasSize(1);
    }

    @Test
    void answer_has_a_tag_that_holds_until_something_changes() {
        buys();
        HttpResponse<String> first = get("/default", "");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(first.body())).isEqualTo(JSON.readTree("""
            {"product": "default", "plan": "team", "planVersion": 1, "access": "full",
             "planExpiresAt": "2026-02-28T03:00:00Z", "endsAt": "2026-02-28T03:00:00Z", "seats": 1,
             "limits": {"features": [], "quotas": {}}, "livemode": false}
            """));
        assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache, private");
        HttpResponse<String> unchanged = get("/default", tag);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(unchanged.headers().firstValue("ETag")).contains(tag);

        step(running -> running.methodSet(UUID.randomUUID(), NOW));

        HttpResponse<String> changed = get("/default", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(changed.body()).get("endsAt").isNull()).isTrue();
        assertThat(changed.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
    }

    @Test
    void plan_that_has_run_out_is_out_though_nobody_has_told_it_yet() {
        buys();
        String tag = get("", "").headers().firstValue("ETag").orElseThrow();

        clock.set(MONTH_END);

        HttpResponse<String> list = get("", tag);
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(list.body()).get("data").get(0).get("access").stringValue())
                .isEqualTo("none");
    }

    @Test
    void tenant_sees_its_own_and_another_product_is_a_problem() {
        buys();

        assertThat(get("/crm", "").statusCode()).isEqualTo(404);
        assertThat(get("/crm", "").body()).contains("\"code\":\"entitlement.not-found\"");
        assertThat(get("/default", "", "somebody-else").statusCode()).isEqualTo(404);
        assertThat(get("", "", "somebody-else").body()).isEqualTo("{\"data\":[]}");
    }

    @Test
    void what_was_never_told_is_told_once() {
        buys();
        awaitTold(1);
        jdbc.sql("DELETE FROM entitlement WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .update();

        transaction.executeWithoutResult(_ -> followSubscriptions.tellUntold(500));
        int left = transaction.execute(_ -> followSubscriptions.tellUntold(500));

        assertThat(left).isZero();
        assertThat(awaitTold(2).getLast().get("access").stringValue()).isEqualTo("FULL");
    }

    private Subscription.Change bought() {
        Plan team = versions.find("team", 1).orElseThrow();
        return Subscription.started(
                new SubscriptionId(UUID.randomUUID()),
                new Purchase("pay_" + tenant, "ord_" + tenant, tenant, "team", 1L, team.price(), false, NOW),
                team,
                1);
    }

    private void buys() {
        transaction.executeWithoutResult(_ -> store.store(bought()));
    }

    private void step(Function<Subscription, Subscription.Change> step) {
        transaction.executeWithoutResult(_ -> store.store(
                step.apply(subscriptions.find(tenant, Plan.DEFAULT_PRODUCT).orElseThrow())));
    }

    private HttpResponse<String> get(String path, String tag) {
        return get(path, tag, tenant.value());
    }

    private HttpResponse<String> get(String path, String tag, String asker) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/entitlements" + path))
                .header("Authorization", "Bearer " + TokenIssuer.shared().token(asker, "tenant:billing:read"));
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<JsonNode> awaitTold(int count) {
        return await().atMost(LIMIT).until(this::told, found -> found.size() == count);
    }

    private List<JsonNode> told() {
        List<JsonNode> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            Collection<TopicPartition> partitions = consumer.partitionsFor("tenant.entitlements").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                    if ((tenant + "/default").equals(new String(message.key(), UTF_8))) {
                        found.add(JSON.readTree(message.value()));
                    }
                }
            }
        }
        return found;
    }
}
