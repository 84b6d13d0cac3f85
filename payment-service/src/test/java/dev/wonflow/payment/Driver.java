package dev.wonflow.payment;

import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.testsupport.access.TokenIssuer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Does to the service from outside what others do to it. */
@TestComponent
class Driver {

    static final long AMOUNT = 33_000;

    /** For the bank and the buyer whose account {@link #openAccountLater} asks for. */
    static final String ACCOUNT_REQUEST =
            "{\"bank\":\"88\",\"customerName\":\"김하늘\",\"customerMobilePhone\":\"01012345678\"}";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final KafkaTemplate<byte[], byte[]> kafka;
    private final Environment environment;
    private final JdbcClient jdbc;
    private final IdSource ids;
    private final MeterRegistry meters;

    Driver(
            KafkaTemplate<byte[], byte[]> kafka,
            Environment environment,
            JdbcClient jdbc,
            IdSource ids,
            MeterRegistry meters) {
        this.kafka = kafka;
        this.environment = environment;
        this.jdbc = jdbc;
        this.ids = ids;
        this.meters = meters;
    }

    /** An answer over HTTP. */
    record Answer(int status, JsonNode body, HttpHeaders headers) {

        String text(String field) {
            return body.path(field).stringValue("");
        }
    }

    /** Announces a new order and waits for its payment. */
    OrderId aPlacedOrder() {
        OrderId order = anOrderId();
        sendOrderEvent(order, ids.next().toString(), "order.placed.v1", placed(order));
        awaitStatus(order, "REQUESTED");
        return order;
    }

    /** The same over another sum. */
    OrderId aPlacedOrder(long won) {
        OrderId order = anOrderId();
        sendOrderEvent(
                order,
                ids.next().toString(),
                "order.placed.v1",
                placed(order).replace(Long.toString(AMOUNT), Long.toString(won)));
        awaitStatus(order, "REQUESTED");
        return order;
    }

    /** Announces many new orders at once and waits for all their payments. */
    List<OrderId> placedOrders(int number) {
        List<OrderId> orders = Stream.generate(this::anOrderId).limit(number).toList();
        orders.forEach(order -> sendOrderEvent(order, ids.next().toString(), "order.placed.v1", placed(order)));
        orders.forEach(order -> awaitStatus(order, "REQUESTED"));
        return orders;
    }

    OrderId anOrderId() {
        return new OrderId("ord_" + ids.next().toString().replace("-", ""));
    }

    static String placed(OrderId order) {
        return placed(order, null);
    }

    /** An order of {@link #AMOUNT} for a plan, or for goods. */
    static String placed(OrderId order, @Nullable String plan) {
        return """
            {"orderId":"%s","tenantId":"default","orderName":"머그컵 외 1건","amount":%d,"currency":"KRW","items":[],
             "plan":%s,"requestId":null,"customerId":null,"checkoutUrl":"http://127.0.0.1/checkout",
             "placedAt":"2026-01-05T03:00:00Z","expiresAt":"2026-01-05T03:30:00Z"}
            """.formatted(order, AMOUNT, plan == null ? "null" : "\"" + plan + "\"");
    }

    /** An order is placed with its first version, and whatever follows has a higher one. */
    void sendOrderEvent(OrderId order, String id, String type, String body) {
        String sequence = type.equals("order.placed.v1") ? "1" : "2";
        send("order.events", order.value(), Map.of("ce_id", id, "ce_type", type, "ce_sequence", sequence), body);
    }

    /** Announces a new order within a trace. */
    void sendTracedOrder(OrderId order, String traceparent) {
        send(
                "order.events",
                order.value(),
                Map.of(
                        "ce_id",
                        ids.next().toString(),
                        "ce_type",
                        "order.placed.v1",
                        "ce_sequence",
                        "1",
                        "traceparent",
                        traceparent),
                placed(order));
    }

    /** Tells what a plan costs from now on, and waits until the service has heard of it. */
    void price(String plan, long amount, long version) {
        announcePrice(plan, amount, version);
        awaitWord(plan, version);
    }

    /** Tells what a plan costs from now on. */
    void announcePrice(String plan, long amount, long version) {
        tellOfPlan(plan, "plan.priced.v1", version, """
            {"planId":"%s","version":%d,"name":"팀","amount":%d,"currency":"KRW","period":"P1M",
             "pricedAt":"2026-01-02T00:00:00Z"}
            """.formatted(plan, version, amount));
    }

    /** Tells that a plan is not on sale any more, and waits until the service has heard of it. */
    void withdraw(String plan, long version) {
        tellOfPlan(
                plan,
                "plan.withdrawn.v1",
                version,
                "{\"planId\":\"%s\",\"version\":%d,\"withdrawnAt\":\"2026-02-01T00:00:00Z\"}".formatted(plan, version));
        awaitWord(plan, version);
    }

    private void tellOfPlan(String plan, String type, long version, String body) {
        send(
                "plan.catalogue",
                plan,
                Map.of("ce_id", ids.next().toString(), "ce_type", type, "ce_sequence", Long.toString(version)),
                body);
    }

    private void awaitWord(String plan, long version) {
        await().alias("version " + version + " of plan " + plan)
                .atMost(PATIENCE)
                .until(() -> jdbc.sql("SELECT coalesce(max(version), 0) FROM plan_price WHERE plan = ?")
                                .param(plan)
                                .query(Long.class)
                                .single()
                        >= version);
    }

    /** Passes on what Toss is said to have sent. */
    void sendWebhook(OrderId order, PaymentKey key, String status) {
        sendWebhook(order, "CLASSIC", """
            {"eventType":"PAYMENT_STATUS_CHANGED","createdAt":"2026-01-05T12:00:32.65327",
             "data":{"orderId":"%s","paymentKey":"%s","status":"%s","secret":"ps_made_up","totalAmount":1}}
            """.formatted(order, key, status));
    }

    void sendWebhook(OrderId order, String shape, String body) {
        send("toss.webhooks", order.value(), webhookHeaders(shape), body);
    }

    /** Passes on a webhook that came within a trace. */
    void sendTracedWebhook(OrderId order, String shape, String body, String traceparent) {
        Map<String, String> headers = new HashMap<>(webhookHeaders(shape));
        headers.put("traceparent", traceparent);
        send("toss.webhooks", order.value(), headers, body);
    }

    private Map<String, String> webhookHeaders(String shape) {
        return Map.of(
                "ce_id",
                ids.next().toString(),
                "ce_type",
                "toss.webhook-received.v1",
                "ce_grade",
                "UNVERIFIED",
                "ce_shape",
                shape);
    }

    private void send(String topic, String key, Map<String, String> headers, String body) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                topic, key.getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        kafka.send(message).join();
    }

    Answer confirm(OrderId order, PaymentKey key) {
        return confirm(order, key, AMOUNT);
    }

    Answer confirm(OrderId order, PaymentKey key, long amount) {
        return confirmLater(order, key, amount).join();
    }

    CompletableFuture<Answer> confirmLater(OrderId order, PaymentKey key, long amount) {
        return postLater(
                "/api/payments/toss/confirm",
                "{\"paymentKey\":\"%s\",\"orderId\":\"%s\",\"amount\":%d}".formatted(key, order, amount));
    }

    /** Asks for a virtual account without a window. */
    CompletableFuture<Answer> openAccountLater(OrderId order) {
        return postLater(accountPath(order), ACCOUNT_REQUEST);
    }

    static String accountPath(OrderId order) {
        return "/api/payments/" + order + "/virtual-account";
    }

    /** Tells that the window sent the buyer back without a payment. */
    CompletableFuture<Answer> failLater(OrderId order, String code) {
        return postLater("/api/payments/toss/fail", "{\"orderId\":\"%s\",\"code\":\"%s\"}".formatted(order, code));
    }

    Answer refund(OrderId order, String body) {
        return refundLater(order, body).join();
    }

    CompletableFuture<Answer> refundLater(OrderId order, String body) {
        return postLater("/api/payments/" + order + "/cancel", body);
    }

    /** Wants to know now. */
    CompletableFuture<Answer> lookLater(OrderId order) {
        return postLater("/api/payments/" + order + "/look", "");
    }

    /** Confirms at another instance. */
    Answer issueReceipt(OrderId order, String body) {
        return issueReceiptLater(order, body).join();
    }

    CompletableFuture<Answer> issueReceiptLater(OrderId order, String body) {
        return postLater("/api/payments/" + order + "/cash-receipt", body);
    }

    CompletableFuture<Answer> confirmLaterAt(int port, OrderId order, PaymentKey key) {
        return postLater(
                URI.create("http://127.0.0.1:" + port + "/api/payments/toss/confirm"),
                "{\"paymentKey\":\"%s\",\"orderId\":\"%s\",\"amount\":%d}".formatted(key, order, AMOUNT));
    }

    /** Tells that the order was called off. */
    void cancelOrder(OrderId order) {
        sendOrderEvent(
                order,
                ids.next().toString(),
                "order.cancelled.v1",
                "{\"orderId\":\"%s\",\"tenantId\":\"default\",\"reason\":\"REQUESTED\",\"cancelledAt\":\"2026-01-05T03:30:00Z\"}"
                        .formatted(order));
    }

    Answer delete(String path) {
        HttpRequest request = signedIn(HttpRequest.newBuilder(uri(path)))
                .timeout(PATIENCE)
                .DELETE()
                .build();
        HttpResponse<String> response =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
        return response.statusCode() == 204
                ? new Answer(204, JSON.createObjectNode(), response.headers())
                : answer(response);
    }

    /** Asks for a billing method to be charged. */
    void sendCharge(UUID chargeId, String billingMethodId, String tenant, long amount) {
        sendCharge(chargeId, billingMethodId, tenant, amount, 1);
    }

    void sendCharge(UUID chargeId, String billingMethodId, String tenant, long amount, long sequence) {
        send(
                "payment.commands",
                tenant,
                Map.of(
                        "ce_id",
                        ids.next().toString(),
                        "ce_type",
                        "payment.charge-requested.v1",
                        "ce_sequence",
                        Long.toString(sequence)),
                """
                {"chargeId":"%s","tenantId":"%s","billingMethodId":"%s","orderName":"팀 요금제 1개월","amount":%d,
                 "currency":"KRW","requestedAt":"2026-01-05T03:00:00Z"}
                """.formatted(chargeId, tenant, billingMethodId, amount));
    }

    /** Passes on that Toss is said to have forgotten a billing key, as ingest does. */
    void sendKeyRemoved(BillingKey key) {
        sendKeyRemoved("billingKeyPrint", key.print(), Map.of("ce_prints", "1"));
    }

    /** The same as an ingest does that makes no prints. */
    void sendKeyRemovedInClear(BillingKey key) {
        sendKeyRemoved("billingKey", key.value(), Map.of());
    }

    /** What a caller could do who has read a print, through an ingest that makes none. */
    void sendKeyRemovedByItsPrint(BillingKey key) {
        sendKeyRemoved("billingKeyPrint", key.print(), Map.of());
    }

    private void sendKeyRemoved(String member, String value, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(webhookHeaders("CLASSIC"));
        headers.putAll(more);
        send("toss.webhooks", "removed", headers, """
            {"eventType":"BILLING_DELETED","createdAt":"2026-01-05T12:00:32.65327",
             "data":{"%s":"%s","reason":null}}
            """.formatted(member, value));
    }

    /** Passes on a webhook in which ingest has put a print in the place of the secret. */
    void sendPrintedWebhook(OrderId order, String shape, String body) {
        Map<String, String> headers = new HashMap<>(webhookHeaders(shape));
        headers.put("ce_prints", "1");
        send("toss.webhooks", order.value(), headers, body);
    }

    Answer post(String path, String body) {
        return postLater(path, body).join();
    }

    /** The same as another person of the tenant. */
    Answer postAs(String subject, String path, String body) {
        return postLaterAs(subject, path, body).join();
    }

    CompletableFuture<Answer> postLaterAs(String subject, String path, String body) {
        String token = TokenIssuer.shared()
                .token()
                .tenant("default")
                .with("sub", subject)
                .permissions("order:fulfil")
                .signed();
        return postLater(uri(path), body, token);
    }

    /** Says of a case of the reconciliation what it is, as an operator. */
    CompletableFuture<Answer> explainLater(String caseId, String body) {
        String token = TokenIssuer.shared()
                .token()
                .with("sub", "kim")
                .permissions("operator:reconciliation")
                .signed();
        return postLater(uri("/api/reconciliation/cases/" + caseId + "/explain"), body, token);
    }

    /** Brings billing keys along, as an operator. */
    Answer importKeys(String lines) {
        String token = TokenIssuer.shared()
                .token()
                .with("sub", "kim")
                .permissions("operator:import")
                .signed();
        return postLater(uri("/api/billing-methods/import"), lines, token).join();
    }

    private CompletableFuture<Answer> postLater(String path, String body) {
        return postLater(uri(path), body);
    }

    private CompletableFuture<Answer> postLater(URI uri, String body) {
        return postLater(uri, body, token());
    }

    private CompletableFuture<Answer> postLater(URI uri, String body, String token) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Driver::answer);
    }

    Answer get(String path) {
        HttpRequest request = signedIn(HttpRequest.newBuilder(uri(path)))
                .timeout(PATIENCE)
                .GET()
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(Driver::answer)
                .join();
    }

    /** A fresh one each time: some tests take longer than a token is good for. */
    static String token() {
        return TokenIssuer.shared()
                .token("default", "checkout:write", "tenant:billing", "tenant:billing:read", "order:fulfil");
    }

    /** As a shop of the tenant that all orders here belong to. */
    static HttpRequest.Builder signedIn(HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + token());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + path);
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), JSON.readTree(response.body()), response.headers());
    }

    /** Looks at once: of many, most are there by the time the first one is. */
    void awaitStatus(OrderId order, String status) {
        await().alias(order + " becomes " + status)
                .pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(() -> status(order), status::equals);
    }

    /** The id of the order's payment. */
    PaymentId payment(OrderId order) {
        return new PaymentId(jdbc.sql("SELECT id FROM payment WHERE order_id = ?")
                .param(order.value())
                .query(UUID.class)
                .single());
    }

    String status(OrderId order) {
        return jdbc.sql("SELECT status FROM payment WHERE order_id = ?")
                .param(order.value())
                .query(String.class)
                .optional()
                .orElse("none");
    }

    /** How many messages of a type were passed over for this reason. */
    double skipped(String type, String reason) {
        return meters.find("wonflow.inbox.skipped").tags("type", type, "reason", reason).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** What the service has told the world about the order, in the order of the payment's versions. */
    List<String> published(OrderId order) {
        return texts("SELECT type FROM outbox WHERE aggregateid = ? ORDER BY sequence", order);
    }

    /** What the service has told the world about a billing method. */
    List<String> published(UUID billingMethod) {
        return jdbc.sql("SELECT type FROM outbox WHERE aggregateid = ? ORDER BY sequence")
                .param(billingMethod.toString())
                .query(Driver::text)
                .list();
    }

    /** Outcomes of the webhooks about the order, sorted; {@code PENDING} while Toss has not been asked. */
    List<String> webhooks(OrderId order) {
        return texts("SELECT coalesce(outcome, 'PENDING') FROM toss_webhook_all WHERE order_id = ? ORDER BY 1", order);
    }

    /** Kinds of incidents of the order's payment. */
    List<String> incidents(OrderId order) {
        return texts("""
            SELECT kind FROM reported_incident JOIN payment ON payment.id::text = about
            WHERE order_id = ? ORDER BY kind
            """, order);
    }

    /** The first column of a query about the order. */
    List<String> texts(String sql, OrderId order) {
        return jdbc.sql(sql).param(order.value()).query(Driver::text).list();
    }

    private static String text(ResultSet row, int rowNumber) throws SQLException {
        return Objects.requireNonNull(row.getString(1));
    }
}
