package dev.wonflow.e2e;

import static dev.wonflow.e2e.Topics.event;
import static dev.wonflow.e2e.Topics.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.Canary;
import dev.wonflow.testsupport.server.HeldText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The real processes, used as users, merchants and upstream services would use them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpineE2E {

    private Stack stack;
    private Http http;
    private Topics topics;

    @BeforeAll
    void start() {
        stack = Stack.up();
        http = new Http(stack);
        topics = new Topics(
                stack.kafka(),
                List.of("order.events", "payment.events", "subscription.events", "checkout.requests-dlt"));
    }

    @AfterAll
    void stop() {
        if (topics != null) {
            topics.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void the_demo_holds_and_a_second_one_right_after_it_too() {
        for (int time = 1; time <= 2; time++) {
            Stack.Run demo = stack.wonflow("demo");

            assertThat(demo.exitCode()).as(demo.output()).isZero();
        }
    }

    @Test
    void the_clock_moves_the_sandbox_and_every_service_to_the_same_time() {
        Duration before = ahead(stack.sandbox() + "/control/clock");

        Stack.Run moved = stack.wonflow("clock", "advance", "2d1h");

        assertThat(moved.exitCode()).as(moved.output()).isZero();
        Duration after = before.plus(Duration.ofHours(49));
        assertThat(ahead(stack.sandbox() + "/control/clock")).isBetween(after.minusSeconds(30), after);
        assertThat(stack.management())
                .hasSize(4)
                .allSatisfy(service -> assertThat(ahead(service + "/actuator/clock"))
                        .isEqualTo(ahead(stack.sandbox() + "/control/clock")));
        Instant sandbox =
                Instant.parse(http.get(stack.sandbox() + "/control/clock").text("now"));
        Instant orders = Instant.parse(
                http.get(stack.management().getFirst() + "/actuator/clock").text("now"));
        assertThat(orders).isBetween(sandbox, sandbox.plusSeconds(30));
        assertThat(stack.wonflow("clock").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--tenant acme, acme-shop, acme, checkout:write order:fulfil tenant:billing tenant:billing:read",
        "--tenant globex --permission checkout:write, globex-shop, globex, checkout:write",
        "--tenant acme --user owner, acme-owner, acme, checkout:write order:fulfil tenant:billing tenant:billing:read",
        "--tenant globex --user viewer, globex-viewer, globex, tenant:billing:read",
        "--user operator, operator, , operator:actuator operator:catalogue operator:import operator:ledger operator:reconciliation operator:renewals"
    })
    void token_of_a_shop_or_a_person_is_printed_by_one_command(
            String arguments, String who, String tenant, String permissions) throws IOException {
        Stack.Run run = stack.wonflow(("token " + arguments).split(" "));

        assertThat(run.exitCode()).as(run.output()).isZero();
        JsonNode claims = Http.json(Base64.getUrlDecoder().decode(run.output().split("\\.", -1)[1]));
        assertThat(claims.path("sub").asString()).isEqualTo(who);
        assertThat(claims.path("tenant").asString("none")).isEqualTo(tenant == null ? "none" : tenant);
        assertThat(claims.path("permissions")
                        .valueStream()
                        .map(JsonNode::asString)
                        .sorted())
                .containsExactly(permissions.split(" "));
    }

    @Test
    void person_gets_no_token_for_what_they_may_not() {
        Stack.Run run =
                stack.wonflow("token", "--tenant", "acme", "--user", "viewer", "--permission", "tenant:billing");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("acme-viewer may not have tenant:billing")
                .doesNotContain("Exception");
    }

    private Duration ahead(String url) {
        return Duration.parse(http.get(url).text("ahead"));
    }

    @Test
    void a_request_from_any_kafka_client_becomes_an_order_and_its_payment_confirms_it() throws IOException {
        String request = "req-" + UUID.randomUUID();
        byte[] body = """
            {"id":"%s","tenantId":"acme","currency":"KRW","items":[
              {"sku":"mug-01","name":"머그컵","unitPrice":12000,"quantity":2},
              {"sku":"tea-07","name":"녹차","unitPrice":9000,"quantity":1}]}
            """.formatted(request).getBytes(StandardCharsets.UTF_8);
        topics.publish("checkout.requests", body);
        topics.publish("checkout.requests", body);

        ConsumerRecord<byte[], byte[]> placed = topics.first(
                "order.placed.v1 for " + request,
                record -> "order.placed.v1".equals(header(record, "ce_type"))
                        && asText(record).contains(request));
        JsonNode order = Http.json(placed.value());
        assertThat(order.path("orderName").asString()).isEqualTo("머그컵 외 1건");
        assertThat(order.path("amount").asLong()).isEqualTo(33_000);

        String orderId = order.path("orderId").asString();
        topics.first("payment.requested.v1 for " + orderId, event("payment.requested.v1", orderId));
        assertThat(confirm(orderId, authenticated(orderId, 33_000), 33_000).status())
                .isEqualTo(200);
        topics.first("order.confirmed.v1 for " + orderId, event("order.confirmed.v1", orderId));
        assertThat(http.get(stack.orders() + "/api/orders/" + orderId).text("status"))
                .isEqualTo("confirmed");
        // The repeated id has had every chance by now: the confirmation came after it on every way.
        assertThat(topics.all(record -> "order.placed.v1".equals(header(record, "ce_type"))
                        && asText(record).contains(request)))
                .hasSize(1);
    }

    @Test
    @Tag("F19")
    void what_cannot_be_an_order_ends_in_the_dead_letters_untouched_and_the_next_one_goes_through() {
        String mark = UUID.randomUUID().toString();
        List<byte[]> bad = Stream.of(
                        "{\"id\":\"neg-%s\",\"currency\":\"KRW\",\"items\":[{\"sku\":\"a\",\"name\":\"a\",\"unitPrice\":-5,\"quantity\":1}]}",
                        "{\"id\":\"usd-%s\",\"currency\":\"XXX\",\"items\":[{\"sku\":\"a\",\"name\":\"a\",\"unitPrice\":500,\"quantity\":1}]}",
                        "{\"noid\":\"%s\",\"currency\":\"KRW\",\"items\":[{\"sku\":\"a\",\"name\":\"a\",\"unitPrice\":500,\"quantity\":1}]}",
                        "\u0000 not JSON %s")
                .map(text -> text.formatted(mark).getBytes(StandardCharsets.UTF_8))
                .toList();
        bad.forEach(value -> topics.publish("checkout.requests", value));
        String good = "good-" + mark;
        topics.publish(
                "checkout.requests",
                "{\"id\":\"%s\",\"currency\":\"KRW\",\"items\":[{\"sku\":\"a\",\"name\":\"a\",\"unitPrice\":500,\"quantity\":1}]}"
                        .formatted(good)
                        .getBytes(StandardCharsets.UTF_8));

        for (byte[] value : bad) {
            ConsumerRecord<byte[], byte[]> letter = topics.first(
                    "dead letter of " + new String(value, StandardCharsets.UTF_8),
                    record -> record.topic().equals("checkout.requests-dlt") && Arrays.equals(record.value(), value));
            assertThat(header(letter, "wonflow_dlt_reason")).isNotBlank().contains("expected");
        }
        topics.first(
                "order.placed.v1 for " + good,
                record -> "order.placed.v1".equals(header(record, "ce_type"))
                        && asText(record).contains(good));
    }

    @Test
    @Tag("F18")
    void a_changed_amount_is_refused_before_toss_is_called_and_the_right_one_still_works() {
        Http.Answer issued = http.post(stack.payments() + "/api/payments/toss/order", Map.of("amount", 15_000));
        assertThat(issued.status()).isEqualTo(201);
        String orderId = issued.text("orderId");
        String paymentKey = authenticated(orderId, 15_000);

        Http.Answer refused = confirm(orderId, paymentKey, 100);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("payment.amount-mismatch");
        assertThat(confirmCalls(orderId)).isEmpty();
        assertThat(confirm(orderId, paymentKey, 15_000).text("status")).isEqualTo("paid");
        assertThat(confirmCalls(orderId)).hasSize(1);
    }

    @Test
    @Tag("F2")
    void of_many_confirms_at_once_one_takes_effect_and_all_get_its_result() {
        String orderId = http.post(stack.payments() + "/api/payments/toss/order", Map.of("amount", 20_000))
                .text("orderId");
        String paymentKey = authenticated(orderId, 20_000);

        List<CompletableFuture<Http.Answer>> answers = Stream.generate(() -> http.postAsync(
                        stack.payments() + "/api/payments/toss/confirm",
                        Map.of("paymentKey", paymentKey, "orderId", orderId, "amount", 20_000),
                        ShopTokens.ACME))
                .limit(8)
                .toList();

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(Http.join(answer).text("status")).isEqualTo("paid"));
        assertThat(confirmCalls(orderId).stream()
                        .filter(call -> call.path("effect").asBoolean()))
                .hasSize(1);
        topics.first("payment.paid.v1 for " + orderId, event("payment.paid.v1", orderId));
        assertThat(topics.all(event("payment.paid.v1", orderId))).hasSize(1);
    }

    /** Also what the other tests have left behind is searched. */
    @Test
    void no_secret_given_at_an_edge_is_in_any_log_topic_or_table() throws IOException, SQLException {
        EdgeSecrets edge = new EdgeSecrets(stack, topics);
        List<Canary> callers = edge.ofCallers();
        List<Canary> all = Stream.concat(callers.stream(), EdgeSecrets.ofSettings().stream())
                .toList();

        List<String> records = HeldText.records(stack.kafka());
        assertThat(records).anyMatch(edge.control()::isIn);
        assertThat(Canary.found(all, "Kafka", records)).isEmpty();
        for (String database : List.of("orders", "payments", "subscriptions")) {
            try (Connection connection = stack.database(database)) {
                List<String> rows = HeldText.rows(connection);
                assertThat(rows).as(database).isNotEmpty();
                assertThat(rows.stream().anyMatch(edge.control()::isIn))
                        .as("a name without secrets is found in %s", database)
                        .isEqualTo(database.equals("payments"));
                assertThat(Canary.found(all, database, rows)).isEmpty();
            }
        }
        for (String part : Stack.SERVICES) {
            List<String> lines = Files.readAllLines(stack.logs().resolve(part + ".log"));
            assertThat(lines).as(part).hasSizeGreaterThan(5);
            assertThat(Canary.found(all, part, lines)).isEmpty();
        }
        assertThat(Files.readAllLines(stack.logs().resolve("payment-service.log")))
                .anyMatch(edge.controlOfLogs()::isIn);
        for (String part : List.of("toss-sandbox", "issuer", "kafka", "postgres")) {
            Path file = stack.logs().resolve(part + ".log");
            if (Files.exists(file)) {
                assertThat(Canary.found(callers, part, Files.readAllLines(file)))
                        .isEmpty();
            }
        }
    }

    @Test
    void a_paid_plan_makes_the_tenants_subscription_active_for_a_month() throws IOException {
        String tenant = ShopTokens.GLOBEX;
        Http.Answer before = http.get(stack.subscriptions() + "/api/subscriptions/current", tenant);
        JsonNode plan = http.get(stack.subscriptions() + "/api/plans", tenant)
                .body()
                .path("data")
                .path(0);
        long price = plan.path("price").asLong();
        Http.Answer cheap = orderOfPlan(plan.path("id").asString(), 100, tenant);
        assertThat(cheap.status()).as(cheap.body().toString()).isEqualTo(422);
        assertThat(cheap.text("code")).isEqualTo("plan.another-price");
        String orderId = orderOfPlan(plan.path("id").asString(), price, tenant).text("orderId");
        String paymentKey = authenticated(orderId, price);
        Http.join(http.postAsync(
                stack.payments() + "/api/payments/toss/confirm",
                Map.of("paymentKey", paymentKey, "orderId", orderId, "amount", price),
                tenant));

        ConsumerRecord<byte[], byte[]> activated = topics.first(
                "subscription.activated.v1 for " + orderId,
                record -> "subscription.activated.v1".equals(header(record, "ce_type"))
                        && tenant.equals(header(record, "ce_tenantid"))
                        && asText(record).contains(orderId));

        JsonNode event = Http.json(activated.value());
        ZoneId seoul = ZoneId.of("Asia/Seoul");
        // On a stack that was used before, the plan goes on where it would have ended.
        String from = before.text("status").equals("active")
                ? before.text("planExpiresAt")
                : event.path("activatedAt").asString();
        assertThat(OffsetDateTime.parse(event.path("planExpiresAt").asString()).atZoneSameInstant(seoul))
                .isEqualTo(OffsetDateTime.parse(from).atZoneSameInstant(seoul).plusMonths(1));
        await("the subscription of " + tenant)
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(http.get(stack.subscriptions() + "/api/subscriptions/current", tenant)
                                .text("status"))
                        .isEqualTo("active"));
    }

    /** Patient while payment-service has not heard of the catalogue, as a new stack's may not have. */
    private Http.Answer orderOfPlan(String plan, long amount, String tenant) {
        return await("an answer that is not 503")
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> Http.join(http.postAsync(
                                stack.payments() + "/api/payments/toss/order",
                                Map.of("amount", amount, "plan", plan),
                                tenant)),
                        answer -> answer.status() != 503);
    }

    /** The buyer's part: a session at Toss, opened and approved in the payment window. */
    private String authenticated(String orderId, long amount) {
        Http.Answer session = http.post(
                stack.sandbox() + "/v1/payments",
                Map.of(
                        "method",
                        "카드",
                        "amount",
                        amount,
                        "orderId",
                        orderId,
                        "orderName",
                        "머그컵",
                        "successUrl",
                        "http://127.0.0.1:18085/success",
                        "failUrl",
                        "http://127.0.0.1:18085/fail"));
        assertThat(session.status()).as(session.body().toString()).isEqualTo(200);
        String paymentKey = session.text("paymentKey");
        Http.Answer approved =
                http.post(stack.sandbox() + "/control/payments/" + paymentKey + "/authenticate", Map.of());
        assertThat(approved.status()).isEqualTo(200);
        return paymentKey;
    }

    private Http.Answer confirm(String orderId, String paymentKey, long amount) {
        return http.post(
                stack.payments() + "/api/payments/toss/confirm",
                Map.of("paymentKey", paymentKey, "orderId", orderId, "amount", amount));
    }

    private List<JsonNode> confirmCalls(String orderId) {
        JsonNode calls =
                http.get(stack.sandbox() + "/control/calls?orderId=" + orderId).body();
        return calls.valueStream()
                .filter(call -> call.path("path").asString().endsWith("/confirm"))
                .toList();
    }

    private static String asText(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
