package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.JsonNode;

/** payment-service as a process that can be killed, with the sandbox and no other service beside it. */
final class LonePayments implements AutoCloseable {

    static final Duration LIMIT = Duration.ofMinutes(3);
    static final long AMOUNT = 33_000;

    private final TestDatabase database;
    private final ServiceProcess sandbox;
    private final ServiceProcess payments;
    private final Http http;

    /**
     * Starts both and waits until the service takes orders.
     *
     * @param database name of a database of its own
     */
    LonePayments(String database) {
        this.database = TestServers.postgres().createDatabase(database);
        this.sandbox = new ServiceProcess("toss-sandbox", Map.of());
        this.http = new Http(sandbox.url(), LonePayments::token);
        this.payments = new ServiceProcess("payment-service", environment());
        await("sandbox").atMost(LIMIT).until(() -> isThere(sandbox.url() + "/control/clock"));
        awaitOrder();
    }

    @Override
    public void close() {
        payments.close();
        sandbox.close();
    }

    /** Has the service die at the named place. */
    void restartToDieAt(String point) throws Exception {
        payments.kill();
        payments.startAgain("-Dwonflow.test.crash-at=" + point);
        awaitOrder();
    }

    /** Starts the service again once it has died where it was to. */
    void startAgainAfterDeath(String order) throws Exception {
        assertThat(payments.exitCode(LIMIT)).isEqualTo(137);
        payments.startAgain();
        await("payment-service").atMost(LIMIT).until(() -> isThere(lookup(order)));
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("SPRING_DATASOURCE_URL", database.url()),
                Map.entry("SPRING_DATASOURCE_USERNAME", database.username()),
                Map.entry("SPRING_DATASOURCE_PASSWORD", database.password()),
                Map.entry("SPRING_KAFKA_BOOTSTRAP_SERVERS", TestServers.kafka().bootstrapServers()),
                Map.entry(
                        "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI",
                        TokenIssuer.shared().uri()),
                Map.entry("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES", "wonflow"),
                Map.entry("MANAGEMENT_SERVER_PORT", "0"),
                Map.entry("WONFLOW_TOPICS_REPLICATION_FACTOR", "1"),
                Map.entry("WONFLOW_TOPICS_MIN_IN_SYNC_REPLICAS", "1"),
                Map.entry("WONFLOW_TOSS_READTIMEOUT", "4s"),
                Map.entry("WONFLOW_TOSS_CANCELTIMEOUT", "4s"),
                Map.entry("WONFLOW_TOSS_INQUIRYTIMEOUT", "4s"),
                Map.entry("WONFLOW_STATUSCHECK_ORPHANAFTER", "15s"),
                Map.entry("WONFLOW_REFUND_LEASE", "10s"),
                Map.entry("TOSS_SECRET_KEY", "test_sk_wonflow_local_sandbox_0001"),
                Map.entry("TOSS_CLIENT_KEY", "test_ck_wonflow_local_sandbox_0001"),
                Map.entry("TOSS_API_BASE_URL", sandbox.url()));
    }

    /** A fresh one each time: how long all the lives take together, nobody knows. */
    private static String token(String tenant) {
        return TokenIssuer.shared()
                .token(tenant, "checkout:write", "order:fulfil", "tenant:billing", "tenant:billing:read");
    }

    /** A new order, as soon as the service takes one. */
    String awaitOrder() {
        return await("payment-service").atMost(LIMIT).until(this::order, order -> !order.isEmpty());
    }

    private String order() {
        try {
            return http.post(payments.url() + "/api/payments/toss/order", Map.of("amount", AMOUNT))
                    .text("orderId");
        } catch (CompletionException _) {
            return "";
        }
    }

    private String lookup(String order) {
        return payments.url() + "/api/payments/lookup?id=" + order;
    }

    private boolean isThere(String url) {
        try {
            return http.get(url).status() == 200;
        } catch (CompletionException _) {
            return false;
        }
    }

    /** The buyer's part: a session at Toss, opened and approved in the payment window. */
    String authenticated(String order) {
        Http.Answer session = http.post(
                sandbox.url() + "/v1/payments",
                Map.of(
                        "method",
                        "카드",
                        "amount",
                        AMOUNT,
                        "orderId",
                        order,
                        "orderName",
                        "머그컵",
                        "successUrl",
                        "http://127.0.0.1:18085/success",
                        "failUrl",
                        "http://127.0.0.1:18085/fail"));
        assertThat(session.status()).as(session.body().toString()).isEqualTo(200);
        String key = session.text("paymentKey");
        assertThat(http.post(sandbox.url() + "/control/payments/" + key + "/authenticate", Map.of())
                        .status())
                .isEqualTo(200);
        return key;
    }

    /** Whether a confirm was answered, and with success. */
    boolean isConfirmed(String order, String key) {
        return isDone("/api/payments/toss/confirm", Map.of("paymentKey", key, "orderId", order, "amount", AMOUNT));
    }

    /** Whether a refund was answered, and with success. */
    boolean isRefunded(String order, long won) {
        return isDone("/api/payments/" + order + "/cancel", Map.of("cancelReason", "고객 변심", "cancelAmount", won));
    }

    private boolean isDone(String path, Map<String, ?> body) {
        try {
            return http.post(payments.url() + path, body).status() == 200;
        } catch (CompletionException _) {
            return false;
        }
    }

    String status(String order) {
        return http.get(lookup(order)).text("status");
    }

    /** The payment as the sandbox's books have it. */
    Http.Answer atToss(String order) {
        return http.get(sandbox.url() + "/v1/payments/orders/" + order);
    }

    /** The idempotency key of every call of one operation that reached Toss. */
    List<String> keysOfCalls(String order, String operation) {
        return http.get(sandbox.url() + "/control/calls?orderId=" + order)
                .body()
                .valueStream()
                .filter(call -> call.path("path").asString().endsWith(operation))
                .map((JsonNode call) -> call.path("idempotencyKey").asString())
                .toList();
    }

    List<String> events(String order) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.prepareStatement(
                        "SELECT type FROM outbox WHERE aggregateid = ? ORDER BY sequence")) {
            statement.setString(1, order);
            List<String> types = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    types.add(rows.getString(1));
                }
            }
            return types;
        }
    }
}
