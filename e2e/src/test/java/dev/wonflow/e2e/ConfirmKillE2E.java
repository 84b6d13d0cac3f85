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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A confirm whose process dies at each of its places: the payment ends right, and Toss charges once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfirmKillE2E {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long AMOUNT = 33_000;

    private final TestDatabase database = TestServers.postgres().createDatabase("confirmkill");
    private ServiceProcess sandbox;
    private ServiceProcess payments;
    private Http http;

    @BeforeAll
    void start() {
        sandbox = new ServiceProcess("toss-sandbox", Map.of());
        http = new Http(sandbox.url(), ConfirmKillE2E::token);
        payments = new ServiceProcess("payment-service", environment());
        await("sandbox").atMost(LIMIT).until(() -> isThere(sandbox.url() + "/control/clock"));
        awaitOrder();
    }

    @AfterAll
    void stop() {
        if (payments != null) {
            payments.close();
        }
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"confirm.claiming", "confirm.claimed", "confirm.called", "confirm.settling", "confirm.settled"})
    void process_that_dies_there_leaves_a_payment_that_ends_right_and_one_charge(String point) throws Exception {
        payments.kill();
        payments.startAgain("-Dwonflow.test.crash-at=" + point);
        String order = awaitOrder();
        String key = authenticated(order);

        assertThat(isConfirmed(order, key)).as("the process died").isFalse();
        assertThat(payments.exitCode(LIMIT)).isEqualTo(137);
        payments.startAgain();
        await("payment-service").atMost(LIMIT).until(() -> isThere(lookup(order)));
        if (point.equals("confirm.claiming")) {
            assertThat(status(order)).as("nothing was committed").isEqualTo("requested");
            assertThat(confirmCalls(order)).isEmpty();
            assertThat(isConfirmed(order, key)).isTrue();
        }

        await("the end of " + order).atMost(LIMIT).until(() -> status(order).equals("paid"));
        assertThat(http.get(sandbox.url() + "/v1/payments/orders/" + order).text("status"))
                .isEqualTo("DONE");
        // However often it was called: under one key, so that Toss charged once.
        assertThat(confirmCalls(order)).isNotEmpty();
        assertThat(idempotencyKeys(order)).hasSize(1);
        assertThat(events(order)).containsOnlyOnce("payment.paid.v1").endsWith("payment.paid.v1");
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
                Map.entry("TOSS_SECRET_KEY", "test_sk_wonflow_local_sandbox_0001"),
                Map.entry("TOSS_CLIENT_KEY", "test_ck_wonflow_local_sandbox_0001"),
                Map.entry("TOSS_API_BASE_URL", sandbox.url()));
    }

    /** A fresh one each time: how long all the lives take together, nobody knows. */
    private static String token(String tenant) {
        return TokenIssuer.shared().token(tenant, "checkout:write", "tenant:billing", "tenant:billing:read");
    }

    /** A new order, as soon as the service takes one. */
    private String awaitOrder() {
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
    private String authenticated(String order) {
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

    private boolean isConfirmed(String order, String key) {
        try {
            return http.post(
                                    payments.url() + "/api/payments/toss/confirm",
                                    Map.of("paymentKey", key, "orderId", order, "amount", AMOUNT))
                            .status()
                    == 200;
        } catch (CompletionException _) {
            return false;
        }
    }

    private String status(String order) {
        return http.get(lookup(order)).text("status");
    }

    private List<JsonNode> confirmCalls(String order) {
        return http.get(sandbox.url() + "/control/calls?orderId=" + order)
                .body()
                .valueStream()
                .filter(call -> call.path("path").asString().endsWith("/confirm"))
                .toList();
    }

    private List<String> idempotencyKeys(String order) {
        return confirmCalls(order).stream()
                .map(call -> call.path("idempotencyKey").asString())
                .distinct()
                .toList();
    }

    private List<String> events(String order) throws SQLException {
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
