package dev.wonflow.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.inbox.DeadLetterHeaders;
import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.order.order.ApplyPayment;
import dev.wonflow.order.order.ExpireOrders;
import dev.wonflow.order.order.OrderFixture;
import dev.wonflow.order.order.PlaceOrder;
import dev.wonflow.order.payment.PaymentFact;
import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.contract.ContractSamples;
import dev.wonflow.testsupport.contract.ContractSchema;
import dev.wonflow.testsupport.server.RealServers;
import dev.wonflow.testsupport.server.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it runs: real PostgreSQL, real Kafka, real HTTP. */
@RealServers
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"APP_URL=http://127.0.0.1:18085", "wonflow.order.sweep-interval=1h"})
class OrderServiceIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CART = """
        {"currency": "KRW", "items": [{"sku": "MUG", "name": "머그컵", "unitPrice": 12000, "quantity": 2},
         {"sku": "COASTER", "name": "컵받침", "unitPrice": 9000, "quantity": 1}]}
        """;

    private static final String TOKEN =
            TokenIssuer.shared().token("default", "checkout:write", "order:fulfil", "operator:actuator");

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static Producer<byte[], byte[]> producer;

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @Value("${spring.datasource.url}")
    private String database;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ExpireOrders expireOrders;

    @Autowired
    private PlaceOrder placeOrder;

    @Autowired
    private ApplyPayment applyPayment;

    @BeforeAll
    static void openProducer() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void closeProducer() {
        producer.close();
    }

    @Test
    void request_in_any_form_becomes_one_order_and_one_event() {
        String plain = aName();
        String binary = aName();
        String structured = aName();
        send("checkout.requests", plain, Map.of(), "{\"id\": \"" + plain + "\"," + CART.substring(1));
        send("checkout.requests", binary, event("checkout.requested.v1", binary), CART);
        send(
                "checkout.requests",
                structured,
                Map.of("content-type", "application/cloudevents+json"),
                "{\"specversion\": \"1.0\", \"type\": \"checkout.requested.v1\", \"source\": \"/shop\", \"id\": \""
                        + structured + "\", \"data\": " + CART + "}");

        for (String request : List.of(plain, "/shop|" + binary, "/shop|" + structured)) {
            soon(request, () -> ordersOf(request).size() == 1);
            String order = ordersOf(request).getFirst();
            List<String> events = eventsOf(order);
            assertThat(events).hasSize(1);
            ContractSchema.of("order.placed.v1").validate(events.getFirst());
            JsonNode placed = JSON.readTree(events.getFirst());
            assertThat(placed.get("amount").longValue()).isEqualTo(33_000);
            assertThat(placed.get("orderName").stringValue()).isEqualTo("머그컵 외 1건");
            assertThat(placed.get("requestId").stringValue()).isEqualTo(request);
            assertThat(placed.get("checkoutUrl").stringValue()).isEqualTo("http://127.0.0.1:18085/checkout/" + order);
        }
    }

    @Test
    void repeated_request_has_no_second_effect_even_on_two_partitions_at_once() {
        String request = aName();
        for (int partition = 0; partition < 6; partition++) {
            send(
                    "checkout.requests",
                    partition,
                    request,
                    event("checkout.requested.v1", request),
                    CART.getBytes(UTF_8));
        }
        String last = aName();
        for (int partition = 0; partition < 6; partition++) {
            send(
                    "checkout.requests",
                    partition,
                    last,
                    event("checkout.requested.v1", last + partition),
                    CART.getBytes(UTF_8));
        }

        for (int partition = 0; partition < 6; partition++) {
            String after = "/shop|" + last + partition;
            soon("message after the repeats", () -> ordersOf(after).size() == 1);
        }
        assertThat(ordersOf("/shop|" + request)).hasSize(1);
        assertThat(eventsOf(ordersOf("/shop|" + request).getFirst())).hasSize(1);
    }

    @Test
    void tenants_that_name_their_requests_alike_each_get_their_order() {
        String request = aName();
        List<String> tenants = List.of("hanbit-studio", "default", "mugs-and-more");
        for (String tenant : tenants) {
            String body = "{\"id\": \"%s\", \"tenantId\": \"%s\",".formatted(request, tenant)
                    + CART.strip().substring(1);
            send("checkout.requests", tenant, Map.of(), body);
            send("checkout.requests", tenant, Map.of(), body);
        }

        soon("an order for each", () -> tenantsOf(request).size() == tenants.size());
        String after = aName();
        tenants.forEach(tenant -> send(
                "checkout.requests",
                tenant,
                Map.of(),
                "{\"id\": \"%s\", \"tenantId\": \"%s\",".formatted(after, tenant)
                        + CART.strip().substring(1)));
        soon("the repeats were read", () -> tenantsOf(after).size() == tenants.size());
        assertThat(tenantsOf(request)).containsExactlyInAnyOrderElementsOf(tenants);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                negative  | {"id": "%s", "currency": "KRW", "items": [{"sku": "a", "name": "b", "unitPrice": -100, "quantity": 1}]} | items[0].unitPrice: -100 (expected: whole won, 1 to 1000000000)
                currency  | {"id": "%s", "currency": "USD", "items": [{"sku": "a", "name": "b", "unitPrice": 100, "quantity": 1}]} | currency: USD (expected: KRW)
                no id     | {"currency": "KRW", "items": [{"sku": "a", "name": "b", "unitPrice": 100, "quantity": 1}]} | id: missing (expected: text of 1 to 300 characters)
                """)
    void request_that_cannot_be_sold_goes_to_the_dead_letters_with_the_cause(String kind, String body, String cause) {
        String key = aName();
        byte[] bytes = body.strip().formatted(key).getBytes(UTF_8);

        send("checkout.requests", 3, key, Map.of("trace", "x-1"), bytes);

        assertDeadLetter(key, 3, bytes, cause.strip());
    }

    @Test
    void bytes_that_are_no_text_go_to_the_dead_letters_untouched_and_the_consumer_goes_on() {
        String key = aName();
        byte[] bytes = {(byte) 0xff, (byte) 0xfe, 0, 1, (byte) 0x80};
        send("checkout.requests", 5, key, Map.of("trace", "x-1"), bytes);
        String after = aName();
        send("checkout.requests", 5, after, event("checkout.requested.v1", after), CART.getBytes(UTF_8));

        soon("message after the poison", () -> ordersOf("/shop|" + after).size() == 1);
        assertDeadLetter(key, 5, bytes, "body: not readable");
    }

    @Test
    void paid_order_is_confirmed_and_shipped() throws Exception {
        String order = placed();

        pay(order, aUuid(), 2);

        soon("confirmed", () -> status(order).equals("confirmed"));
        ContractSchema.of("order.confirmed.v1").validate(eventsOf(order).get(1));
        assertThat(post("/api/orders/" + order + "/ship").statusCode()).isEqualTo(200);
        assertThat(status(order)).isEqualTo("shipped");
        assertThat(sequencesOf(order)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void event_carries_the_trace_of_the_request_that_caused_it() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        String traced = placed();
        String untraced = placed();
        pay(traced, aUuid(), 1);
        pay(untraced, aUuid(), 1);
        soon(
                "confirmed",
                () -> status(traced).equals("confirmed") && status(untraced).equals("confirmed"));

        assertThat(ship(traced, trace).statusCode()).isEqualTo(200);
        assertThat(ship(untraced, "00-nonsense").statusCode())
                .as("a header that is none")
                .isEqualTo(200);

        soon(
                "both events",
                () -> eventsOnTopic(traced).size() == 3
                        && eventsOnTopic(untraced).size() == 3);
        ConsumerRecord<byte[], byte[]> shipped = eventsOnTopic(traced).getLast();
        assertThat(MessageHeaders.type(shipped)).isEqualTo("order.shipped.v1");
        assertThat(MessageHeaders.required(shipped, "traceparent")).isEqualTo(trace);
        assertThat(eventsOnTopic(untraced).getLast().headers().lastHeader("traceparent"))
                .isNull();
    }

    private HttpResponse<String> ship(String order, String traceparent) {
        return send(request(uri("/api/orders/" + order + "/ship"))
                .header("content-type", "application/json")
                .header("traceparent", traceparent)
                .POST(HttpRequest.BodyPublishers.ofString(""))
                .build());
    }

    @Test
    void events_reach_the_topic_in_order_with_the_order_as_their_key() {
        String order = placed();
        pay(order, aUuid(), 1);
        soon("both events", () -> eventsOnTopic(order).size() == 2);

        assertThat(eventsOnTopic(order))
                .extracting(event -> MessageHeaders.type(event) + " " + MessageHeaders.required(event, "ce_sequence"))
                .containsExactly("order.placed.v1 1", "order.confirmed.v1 2");
        assertThat(eventsOnTopic(order)).allSatisfy(event -> {
            assertThat(MessageHeaders.required(event, "ce_source")).isEqualTo("/wonflow/order-service");
            assertThat(MessageHeaders.required(event, "ce_subject")).isEqualTo(order);
            assertThat(MessageHeaders.required(event, "ce_tenantid")).isEqualTo("default");
        });
    }

    @Test
    void news_of_a_payment_that_comes_twice_late_or_out_of_order_has_its_effect_once() {
        String order = placed();
        String payment = aUuid();
        String failed = paymentBody(
                order,
                payment,
                "\"failureCode\": \"REJECT_CARD_COMPANY\", \"failureMessage\": \"한도\","
                        + " \"failedAt\": \"2026-01-05T03:00:00Z\"");
        String id = aName();
        for (int i = 0; i < 3; i++) {
            sendPayment("payment.failed.v1", id, order, 3, failed);
        }
        // The same event under a new id, and an older one.
        sendPayment("payment.failed.v1", aName(), order, 3, failed);
        sendPayment(
                "payment.outcome-unknown.v1",
                aName(),
                order,
                2,
                paymentBody(order, payment, "\"cause\": \"TIMEOUT\", \"unknownSince\": \"2026-01-05T03:00:00Z\""));
        sendPayment(
                "payment.waiting-for-deposit.v1",
                aName(),
                order,
                4,
                paymentBody(order, payment, "\"dueAt\": null, \"waitingSince\": \"2026-01-05T03:00:00Z\""));

        soon("all of them", () -> markOf(payment) == 4);
        JsonNode view = get(order);
        assertThat(view.get("status").stringValue()).isEqualTo("pending");
        assertThat(view.get("checking").booleanValue()).isFalse();
        assertThat(view.get("failures")).hasSize(1);
        assertThat(view.get("failures").get(0).get("code").stringValue()).isEqualTo("REJECT_CARD_COMPANY");
        assertThat(eventsOf(order)).hasSize(1);
    }

    @Test
    void unknown_outcome_is_shown_as_checking_until_it_is_known() throws Exception {
        String order = placed();
        String payment = aUuid();
        sendPayment(
                "payment.outcome-unknown.v1",
                aName(),
                order,
                2,
                paymentBody(order, payment, "\"cause\": \"TIMEOUT\", \"unknownSince\": \"2026-01-05T03:00:00Z\""));

        soon("checking", () -> get(order).get("checking").booleanValue());
        HttpResponse<String> refused = post("/api/orders/" + order + "/cancel");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(JSON.readTree(refused.body()).get("code").stringValue()).isEqualTo("order.payment-checking");

        pay(order, payment, 3);
        soon("confirmed", () -> status(order).equals("confirmed"));
        assertThat(get(order).get("checking").booleanValue()).isFalse();
    }

    @Test
    @Tag("F14")
    void buyer_who_leaves_ends_the_order_and_money_that_still_comes_does_not_revive_it() {
        String order = placed();
        String payment = aUuid();
        sendPayment(
                "payment.canceled.v1",
                aName(),
                order,
                2,
                paymentBody(
                        order,
                        payment,
                        "\"reason\": \"PAY_PROCESS_CANCELED\", \"canceledAt\": \"2026-01-05T03:00:00Z\""));
        soon("cancelled", () -> status(order).equals("cancelled"));

        pay(order, payment, 3);

        soon("incident", () -> incidentsOf(order).equals(List.of("PAID_AFTER_CANCELLATION")));
        assertThat(status(order)).isEqualTo("on_hold");
        assertThat(eventsOf(order)).hasSize(3);
        ContractSchema.of("order.on-hold.v1").validate(eventsOf(order).getLast());
        assertThat(post("/api/orders/" + order + "/cancel").statusCode()).isEqualTo(409);

        sendPayment(
                "payment.refunded.v1",
                aName(),
                order,
                4,
                paymentBody(
                        order,
                        payment,
                        "\"refundedAmount\": 33000, \"balanceAmount\": 0, \"refundedAt\": \"2026-01-05T03:10:00Z\""));
        soon("cancelled again", () -> status(order).equals("cancelled"));
    }

    @Test
    void order_of_a_plan_at_another_price_ends_with_its_payment() {
        String order = placed();
        sendPayment(
                "payment.canceled.v1",
                aName(),
                order,
                2,
                paymentBody(order, aUuid(), "\"reason\": \"NOT_ON_SALE\", \"canceledAt\": \"2026-01-05T03:00:00Z\""));

        soon("cancelled", () -> status(order).equals("cancelled"));
        assertThat(get(order).get("cancelReason").stringValue()).isEqualTo("NOT_ON_SALE");
        ContractSchema.of("order.cancelled.v1").validate(eventsOf(order).getLast());
    }

    @Test
    @Tag("F5")
    void deposit_that_is_taken_back_puts_the_order_on_hold() {
        String order = placed();
        String payment = aUuid();
        pay(order, payment, 2);
        sendPayment(
                "payment.reversed.v1",
                aName(),
                order,
                3,
                paymentBody(order, payment, "\"reversedAt\": \"2026-01-05T03:00:00Z\""));

        soon("on hold", () -> status(order).equals("on_hold"));
        ContractSchema.of("order.on-hold.v1").validate(eventsOf(order).getLast());

        pay(order, payment, 4);
        soon("confirmed again", () -> status(order).equals("confirmed"));
    }

    @Test
    void payment_of_a_plan_that_was_no_order_here_is_passed_over() {
        String elsewhere = "ord_" + aUuid().replace("-", "");
        String payment = aUuid();
        pay(elsewhere, payment, 1);
        String order = placed();
        pay(order, aUuid(), 1);

        soon("the next one", () -> status(order).equals("confirmed"));
        assertThat(records("payment.events-dlt")).noneMatch(letter -> elsewhere.equals(text(letter.key())));
    }

    @Test
    void every_sample_of_a_payment_event_is_handled() {
        for (String type :
                List.of("payment.failed.v1", "payment.canceled.v1", "payment.outcome-unknown.v1", "payment.paid.v1")) {
            ContractSamples.of(type).forEach(sample -> {
                String order = sample.tree().get("orderId").stringValue();
                sendPayment(type, aName(), order, 1, sample.json());
            });
        }
        String order = placed();
        pay(order, aUuid(), 1);

        soon("the next one", () -> status(order).equals("confirmed"));
        assertThat(records("payment.events-dlt"))
                .noneMatch(letter -> text(letter.key()).startsWith("ord_019b8c1"));
    }

    @Test
    void two_commands_at_once_have_one_effect() throws Exception {
        String order = placed();
        pay(order, aUuid(), 1);
        soon("confirmed", () -> status(order).equals("confirmed"));

        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> post("/api/orders/" + order + "/ship")));
            }
            for (Future<HttpResponse<String>> one : all) {
                answers.add(one.get(20, TimeUnit.SECONDS).statusCode());
            }
        }

        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(eventsOf(order)).hasSize(3);
    }

    @Test
    void what_a_listener_calls_refuses_to_run_outside_the_transaction_of_the_claim() {
        assertThatThrownBy(() -> placeOrder.placeOnce(OrderFixture.TENANT, aName(), OrderFixture.aCart()))
                .isInstanceOf(IllegalTransactionStateException.class);
        assertThatThrownBy(() -> applyPayment.apply(new PaymentFact.Requested(OrderFixture.aPayment()), 1))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void order_past_its_deadline_is_cancelled_and_one_being_checked_is_not() {
        String due = placed();
        String checked = placed();
        sendPayment(
                "payment.outcome-unknown.v1",
                aName(),
                checked,
                1,
                paymentBody(checked, aUuid(), "\"cause\": \"TIMEOUT\", \"unknownSince\": \"2026-01-05T03:00:00Z\""));
        soon("checking", () -> get(checked).get("checking").booleanValue());
        jdbc.sql("UPDATE sales_order SET expires_at = now() - interval '1 second' WHERE id IN (:due, :checked)")
                .param("due", due)
                .param("checked", checked)
                .update();

        expireOrders.runOnce();

        assertThat(status(due)).isEqualTo("cancelled");
        assertThat(get(due).get("cancelReason").stringValue()).isEqualTo("EXPIRED");
        assertThat(status(checked)).isEqualTo("pending");
    }

    @Test
    void errors_are_problems_also_where_no_controller_is_reached() throws Exception {
        HttpResponse<String> nowhere = post("/api/nowhere");
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(nowhere.body()).get("code").stringValue()).isEqualTo("http.404");

        HttpResponse<String> malformed = post("/api/payments/ready", "{");
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(malformed.body()).get("code").stringValue()).isEqualTo("request.malformed");
    }

    @Test
    void edge_refuses_what_is_too_large_packed_or_malformed() throws Exception {
        assertProblem(post("/api/payments/ready", "x".repeat(256 * 1024 + 1)), 413, "request.too-large");
        assertProblem(send(request(uri("/error")).build()), 404, "http.404");
        assertProblem(send(request(uri("/api/orders/a%00b")).build()), 400, "http.400");
        assertProblem(
                send(request(uri("/api/payments/ready"))
                        .header("content-type", "application/json")
                        .header("content-encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofString(CART))
                        .build()),
                415,
                "request.content-encoding");
    }

    @Test
    void plan_is_counted_in_characters_from_acceptance_to_event() throws Exception {
        for (int emoji : new int[] {60, 100}) {
            String plan = "😀".repeat(emoji);
            HttpResponse<String> answer = post(
                    "/api/payments/ready",
                    "{\"plan\": \"" + plan + "\"," + CART.strip().substring(1));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            String event = eventsOf(JSON.readTree(answer.body()).get("orderId").stringValue())
                    .getFirst();
            ContractSchema.of("order.placed.v1").validate(event);
            assertThat(JSON.readTree(event).get("plan").stringValue()).isEqualTo(plan);
        }
        assertProblem(
                post(
                        "/api/payments/ready",
                        "{\"plan\": \"" + "😀".repeat(101) + "\","
                                + CART.strip().substring(1)),
                400,
                "request.invalid");
    }

    @Test
    void failure_message_of_any_length_is_kept_up_to_a_whole_character() {
        String order = placed();
        sendPayment(
                "payment.failed.v1", aName(), order, 2, paymentBody(order, aUuid(), """
                "plan": null, "failureCode": "X", "failureMessage": "x%s", "failedAt": "2026-01-05T03:00:00Z"
                """.formatted("😀".repeat(2_000))));

        soon("failure", () -> !get(order).get("failures").isEmpty());
        assertThat(get(order).get("failures").get(0).get("message").stringValue())
                .isEqualTo("x" + "😀".repeat(999));
    }

    @Test
    void database_that_is_away_is_a_503_with_a_time_to_come_back() throws Exception {
        String order = placed();
        TestServers.postgres().shut(database);
        try {
            for (HttpResponse<String> answer : List.of(
                    send(request(uri("/api/orders/" + order)).build()),
                    post("/api/payments/ready", CART),
                    post("/api/orders/" + order + "/cancel"))) {
                assertProblem(answer, 503, "service.unavailable");
                assertThat(answer.headers().firstValue("retry-after")).contains("2");
            }
        } finally {
            TestServers.postgres().open(database);
        }
        soon(
                "database",
                () -> send(request(uri("/api/orders/" + order)).build()).statusCode() == 200);
    }

    @Test
    void service_reports_its_health() throws Exception {
        HttpResponse<String> health = send(request(managed("/actuator/health")).build());

        assertThat(health.statusCode()).isEqualTo(200);
        JsonNode components = JSON.readTree(health.body()).get("components");
        assertThat(components.get("inbox").get("status").stringValue()).isEqualTo("UP");
        assertThat(components.get("inbox").get("details").get("listeners").intValue())
                .isEqualTo(2);
        assertThat(send(request(managed("/actuator/prometheus")).build()).body())
                .contains("wonflow_inbox_standstills");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).get("code").stringValue()).isEqualTo(code);
    }

    private void assertDeadLetter(String key, int partition, byte[] bytes, String cause) {
        soon(
                "dead letter " + key,
                () -> records("checkout.requests-dlt").stream().anyMatch(letter -> key.equals(text(letter.key()))));
        ConsumerRecord<byte[], byte[]> letter = records("checkout.requests-dlt").stream()
                .filter(candidate -> key.equals(text(candidate.key())))
                .findFirst()
                .orElseThrow();
        assertThat(letter.value()).isEqualTo(bytes);
        assertThat(letter.partition()).isEqualTo(partition);
        assertThat(MessageHeaders.required(letter, "trace")).isEqualTo("x-1");
        assertThat(MessageHeaders.required(letter, DeadLetterHeaders.REASON)).startsWith(cause);
        assertThat(MessageHeaders.required(letter, DeadLetterHeaders.CONSUMER)).isEqualTo("order-service.checkout");
    }

    private String placed() {
        HttpResponse<String> answer = post("/api/payments/ready", CART);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).get("orderId").stringValue();
    }

    private static void pay(String order, String payment, long sequence) {
        sendPayment(
                "payment.paid.v1",
                aName(),
                order,
                sequence,
                paymentBody(
                        order,
                        payment,
                        "\"plan\": null, \"paymentKey\": \"k\", \"method\": \"카드\", \"approvedAt\": \"2026-01-05T03:00:00Z\""));
    }

    private static String paymentBody(String order, String payment, String rest) {
        return """
            {"paymentId": "%s", "orderId": "%s", "tenantId": "default", "amount": 33000, "currency": "KRW",
             "livemode": false, %s}
            """.formatted(payment, order, rest);
    }

    private static void sendPayment(String type, String id, String order, long sequence, String body) {
        Map<String, String> headers = new HashMap<>(event(type, id));
        headers.put("ce_sequence", Long.toString(sequence));
        send("payment.events", order, headers, body);
    }

    private static Map<String, String> event(String type, String id) {
        return Map.of("ce_specversion", "1.0", "ce_type", type, "ce_source", "/shop", "ce_id", id);
    }

    private static void send(String topic, String key, Map<String, String> headers, String body) {
        send(new ProducerRecord<>(topic, key.getBytes(UTF_8), body.getBytes(UTF_8)), headers);
    }

    private static void send(String topic, int partition, String key, Map<String, String> headers, byte[] body) {
        send(new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), body), headers);
    }

    private static void send(ProducerRecord<byte[], byte[]> message, Map<String, String> headers) {
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        try {
            producer.send(message).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(at -> new TopicPartition(at.topic(), at.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
            }
            return letters;
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> eventsOnTopic(String order) {
        return records("order.events").stream()
                .filter(event -> order.equals(text(event.key())))
                .toList();
    }

    private List<String> ordersOf(String request) {
        return jdbc.sql("SELECT id FROM sales_order WHERE request_id = :request")
                .param("request", request)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<String> tenantsOf(String request) {
        return jdbc.sql("SELECT tenant_id FROM sales_order WHERE request_id = :request")
                .param("request", request)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<String> eventsOf(String order) {
        return jdbc.sql(
                        "SELECT payload FROM outbox WHERE aggregateid = :order AND aggregatetype = 'order.events' ORDER BY sequence")
                .param("order", order)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<Long> sequencesOf(String order) {
        return jdbc.sql("SELECT sequence FROM outbox WHERE aggregateid = :order ORDER BY id")
                .param("order", order)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private List<String> incidentsOf(String order) {
        return jdbc.sql("SELECT code FROM payment_note WHERE order_id = :order AND kind = 'INCIDENT'")
                .param("order", order)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private long markOf(String payment) {
        return jdbc.sql("SELECT coalesce(max(sequence), -1) FROM inbox_sequence WHERE subject = :payment")
                .param("payment", payment)
                .query(Long.class)
                .single();
    }

    private String status(String order) {
        return get(order).get("status").stringValue();
    }

    private JsonNode get(String order) {
        HttpResponse<String> answer = send(request(uri("/api/orders/" + order)).build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> post(String path) {
        return post(path, "");
    }

    private HttpResponse<String> post(String path, String body) {
        return send(request(uri(path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private URI managed(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + path);
    }

    /** As someone who may do everything here. */
    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).header("authorization", "Bearer " + TOKEN);
    }

    private static void soon(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    private static String aName() {
        return "n-" + NUMBERS.incrementAndGet();
    }

    private static String aUuid() {
        return new UUID(0x7000L, 0x8000_0000_0000_0000L | NUMBERS.incrementAndGet()).toString();
    }
}
