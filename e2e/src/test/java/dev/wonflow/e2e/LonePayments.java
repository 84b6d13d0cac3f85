package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** payment-service as a process that can be killed, with the sandbox and no other service beside it. */
final class LonePayments implements AutoCloseable {

    static final Duration LIMIT = Duration.ofMinutes(3);
    static final long AMOUNT = 33_000;

    /** To seal with; worth nothing outside tests. */
    private static final String KEYSET = """
        {"primaryKeyId":1001,"key":[{"keyData":{"typeUrl":"type.googleapis.com/google.crypto.tink.AesGcmKey",
         "value":"GiBfYGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fg==","keyMaterialType":"SYMMETRIC"},
         "status":"ENABLED","keyId":1001,"outputPrefixType":"TINK"}]}
        """;

    private final TestDatabase database;
    private final ServiceProcess sandbox;
    private final ServiceProcess payments;
    private final Http http;
    private final int managementPort = ServiceProcess.freePort();

    /**
     * Starts both and waits until the service takes orders.
     *
     * @param database name of a database of its own
     */
    LonePayments(String database) {
        this(database, UnaryOperator.identity(), Map.of(), Map.of());
    }

    /**
     * Starts both with settings of their own.
     *
     * @param toss where the service is to find Toss, by where the sandbox is
     * @param ofSandbox environment of the sandbox
     * @param ofPayments environment of the service, besides what it needs
     */
    LonePayments(
            String database,
            UnaryOperator<String> toss,
            Map<String, String> ofSandbox,
            Map<String, String> ofPayments) {
        this.database = TestServers.postgres().createDatabase(database);
        this.sandbox = new ServiceProcess("toss-sandbox", ofSandbox);
        this.http = new Http(sandbox.url(), LonePayments::token);
        Map<String, String> environment = new HashMap<>(environment(toss.apply(sandbox.url())));
        environment.putAll(ofPayments);
        this.payments = new ServiceProcess("payment-service", environment);
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

    /** Kills the service, and starts it again. */
    void restart() throws Exception {
        payments.kill();
        payments.startAgain();
        awaitOrder();
    }

    /** Starts the service again once it has died where it was to. */
    void startAgainAfterDeath(String order) throws Exception {
        startAgainAfterDeath(() -> isThere(lookup(order)));
    }

    /** The same where there is no order yet to look up. */
    void startAgainAfterDeath() throws Exception {
        startAgainAfterDeath(() -> !order().isEmpty());
    }

    private void startAgainAfterDeath(Callable<Boolean> isBack) throws Exception {
        assertThat(payments.exitCode(LIMIT)).isEqualTo(137);
        payments.startAgain();
        await("payment-service").atMost(LIMIT).until(isBack);
    }

    private Map<String, String> environment(String toss) {
        return Map.ofEntries(
                Map.entry("SPRING_DATASOURCE_URL", database.url()),
                Map.entry("SPRING_DATASOURCE_USERNAME", database.username()),
                Map.entry("SPRING_DATASOURCE_PASSWORD", database.password()),
                Map.entry("SPRING_KAFKA_BOOTSTRAP_SERVERS", TestServers.kafka().bootstrapServers()),
                Map.entry(
                        "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI",
                        TokenIssuer.shared().uri()),
                Map.entry("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES", "wonflow"),
                Map.entry("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort)),
                Map.entry("WONFLOW_TOPICS_REPLICATION_FACTOR", "1"),
                Map.entry("WONFLOW_TOPICS_MIN_IN_SYNC_REPLICAS", "1"),
                Map.entry("WONFLOW_TOSS_READTIMEOUT", "4s"),
                Map.entry("WONFLOW_TOSS_CANCELTIMEOUT", "4s"),
                Map.entry("WONFLOW_TOSS_INQUIRYTIMEOUT", "4s"),
                Map.entry("WONFLOW_STATUSCHECK_ORPHANAFTER", "15s"),
                Map.entry("WONFLOW_REFUND_LEASE", "10s"),
                Map.entry("WONFLOW_CHARGE_LEASE", "10s"),
                Map.entry("WONFLOW_BILLING_KEYSET", KEYSET),
                Map.entry("TOSS_SECRET_KEY", "test_sk_wonflow_local_sandbox_0001"),
                Map.entry("TOSS_CLIENT_KEY", "test_ck_wonflow_local_sandbox_0001"),
                Map.entry("TOSS_API_BASE_URL", toss));
    }

    /** A fresh one each time: how long all the lives take together, nobody knows. */
    private static String token(String tenant) {
        return TokenIssuer.shared()
                .token(
                        tenant,
                        "checkout:write",
                        "order:fulfil",
                        "tenant:billing",
                        "tenant:billing:read",
                        "operator:reconciliation",
                        "operator:ledger");
    }

    /** Moves the sandbox to a moment to come, and the service with it; for one whose clock can be moved. */
    void moveTo(Instant moment) {
        Http.Answer moved = http.post(sandbox.url() + "/control/clock/advance", Map.of("to", moment.toString()));
        assertThat(moved.status()).as(moved.body().toString()).isEqualTo(200);
        Http.Answer followed = http.post(
                "http://127.0.0.1:" + managementPort + "/actuator/clock", Map.of("ahead", moved.text("ahead")));
        assertThat(followed.status()).as(followed.body().toString()).isEqualTo(200);
    }

    /** What time it is at the sandbox. */
    Instant now() {
        return Instant.parse(http.get(sandbox.url() + "/control/clock").text("now"));
    }

    /** Asks the service for something. */
    Http.Answer get(String path) {
        return http.get(payments.url() + path);
    }

    /** Asks the service to do something. */
    Http.Answer post(String path, Map<String, ?> body) {
        return http.post(payments.url() + path, body);
    }

    /** Asks the service to remove something. */
    Http.Answer delete(String path) {
        return http.delete(payments.url() + path);
    }

    /** Asks Toss to do something, as somebody who has the keys and is not the service. */
    Http.Answer postToToss(String path, Map<String, ?> body) {
        return http.post(sandbox.url() + path, body);
    }

    /** Asks Toss for something, or the sandbox. */
    Http.Answer getAtToss(String path) {
        return http.get(sandbox.url() + path);
    }

    /** Asks the sandbox to forget something. */
    Http.Answer deleteAtToss(String path) {
        return http.delete(sandbox.url() + path);
    }

    /** Gives all of it back, as somebody does in Toss's console. */
    void cancelInConsole(String key) {
        Http.Answer cancelled = postToToss("/v1/payments/" + key + "/cancel", Map.of("cancelReason", "콘솔에서 취소"));
        assertThat(cancelled.status()).as(cancelled.body().toString()).isEqualTo(200);
    }

    /** Webhooks that reached anybody. */
    List<JsonNode> deliveredWebhooks() {
        return getAtToss("/control/webhooks?status=SUCCEEDED")
                .body()
                .valueStream()
                .toList();
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

    /** Money that somebody else, who has the keys, has Toss take for the order; answers its paymentKey. */
    String captured(String order, long won) {
        String key = authenticated(order, "카드", won, Map.of());
        Http.Answer captured =
                postToToss("/v1/payments/confirm", Map.of("paymentKey", key, "orderId", order, "amount", won));
        assertThat(captured.status()).as(captured.body().toString()).isEqualTo(200);
        return key;
    }

    /** The buyer's part: a session at Toss, opened and approved in the payment window. */
    String authenticated(String order) {
        return authenticated(order, "카드");
    }

    /** The same with a method, in Toss's word. */
    String authenticated(String order, String method) {
        return authenticated(order, method, AMOUNT, Map.of());
    }

    /** The same by transfer, with a cash receipt asked for in the window. */
    String authenticatedWithReceipt(String order) {
        return authenticated(
                order,
                "계좌이체",
                AMOUNT,
                Map.of("cashReceipt", Map.of("type", "소득공제", "registrationNumber", "01012345678")));
    }

    private String authenticated(String order, String method, long won, Map<String, ?> more) {
        Map<String, Object> opening = new HashMap<>(more);
        opening.put("method", method);
        opening.put("amount", won);
        opening.put("orderId", order);
        opening.put("orderName", "머그컵");
        opening.put("successUrl", "http://127.0.0.1:18085/success");
        opening.put("failUrl", "http://127.0.0.1:18085/fail");
        Http.Answer session = http.post(sandbox.url() + "/v1/payments", opening);
        assertThat(session.status()).as(session.body().toString()).isEqualTo(200);
        String key = session.text("paymentKey");
        assertThat(http.post(sandbox.url() + "/control/payments/" + key + "/authenticate", Map.of())
                        .status())
                .isEqualTo(200);
        return key;
    }

    /** Registers a card that the buyer has agreed may be charged, and answers its id. */
    String billingMethod() {
        Http.Answer registered = register(agreed());
        assertThat(registered.status()).as(registered.body().toString()).isEqualTo(201);
        return registered.text("billingMethodId");
    }

    /** What the billing window hands over once the buyer has agreed. */
    Map<String, String> agreed() {
        String customerKey = post("/api/billing-methods/toss/window", Map.of()).text("customerKey");
        String authKey = postToToss("/control/billing/authorizations", Map.of("customerKey", customerKey))
                .text("authKey");
        return Map.of("authKey", authKey, "customerKey", customerKey);
    }

    Http.Answer register(Map<String, String> agreed) {
        return post("/api/billing-methods", agreed);
    }

    Http.Answer confirm(String order, String key) {
        return post("/api/payments/toss/confirm", Map.of("paymentKey", key, "orderId", order, "amount", AMOUNT));
    }

    Http.Answer refund(String order, long won) {
        return post("/api/payments/" + order + "/cancel", Map.of("cancelReason", "고객 변심", "cancelAmount", won));
    }

    /** Whether a confirm was answered, and with success. */
    boolean isConfirmed(String order, String key) {
        return isDone(() -> confirm(order, key), 200);
    }

    /** Has the order paid, however late a busy machine answers: a confirm that was not heard is known by the next. */
    void pay(String order, String key) {
        await("payment of " + order).atMost(LIMIT).until(() -> isConfirmed(order, key));
    }

    Http.Answer openAccount(String order) {
        return post(accountPath(order), Map.of("bank", "88", "customerName", "김하늘"));
    }

    /** Whether the opening of a virtual account was answered, and with success. */
    boolean isAccountOpened(String order) {
        return isDone(() -> openAccount(order), 201);
    }

    /** The number of the order's account, as the service shows it. */
    String accountNumber(String order) {
        return get(accountPath(order)).text("accountNumber");
    }

    private static String accountPath(String order) {
        return "/api/payments/" + order + "/virtual-account";
    }

    /** Whether a refund of all that was deposited was answered, and with success. */
    boolean isDepositRefunded(String order) {
        Map<String, ?> refund = Map.of(
                "cancelReason",
                "고객 변심",
                "refundReceiveAccount",
                Map.of("bank", "88", "accountNumber", "110123456789", "holderName", "김하늘"));
        return isDone(() -> post("/api/payments/" + order + "/cancel", refund), 200);
    }

    /** Has something happen to a payment of the sandbox, as its console or the bank would. */
    void control(String order, String action) {
        control(order, action, Map.of());
    }

    /** The same where there is more to say. */
    void control(String order, String action, Map<String, ?> how) {
        Http.Answer done = postToToss("/control/payments/" + atToss(order).text("paymentKey") + "/" + action, how);
        assertThat(done.status()).as(done.body().toString()).isEqualTo(200);
    }

    /** How far the money of a refund has come to the buyer, as the service shows it. */
    String refundStatus(String order) {
        return get("/api/payments/" + order)
                .body()
                .at("/virtualAccount/refundStatus")
                .asString();
    }

    /** Kinds of incidents of the order's payment. */
    List<String> incidents(String order) throws SQLException {
        return texts(
                "SELECT kind FROM reported_incident JOIN payment ON payment.id::text = about WHERE order_id = ?",
                order);
    }

    /** Whether a refund was answered, and with success. */
    boolean isRefunded(String order, long won) {
        return isDone(() -> refund(order, won), 200);
    }

    /** Whether a cash receipt was asked for, and passed on. */
    boolean isReceiptIssued(String order) {
        return isDone(() -> issueReceipt(order), 200);
    }

    Http.Answer issueReceipt(String order) {
        return post("/api/payments/" + order + "/cash-receipt", Map.of("type", "소득공제", "voluntary", true));
    }

    /** The cash receipts of an order as the service shows them, and their cancels: kind and amount. */
    List<String> receiptsKnown(String order) {
        try {
            return receipts(get("/api/payments/" + order).body().path("cashReceipts"), _ -> true);
        } catch (CompletionException _) {
            return List.of();
        }
    }

    /** The same as the sandbox lists them today, and for the day before. */
    List<String> receiptsAtToss(String order) {
        LocalDate today = LocalDate.ofInstant(now(), ZoneId.of("Asia/Seoul"));
        return Stream.of(today.minusDays(1), today)
                .flatMap(day -> receipts(
                        getAtToss("/v1/cash-receipts?limit=10000&requestDate=" + day)
                                .body()
                                .path("data"),
                        row -> row.path("orderId").asString().equals(order))
                        .stream())
                .toList();
    }

    /** What the service shows of what the tax office decided about each of them: kind and status. */
    List<String> receiptsDecided(String order) {
        return get("/api/payments/" + order)
                .body()
                .path("cashReceipts")
                .valueStream()
                .map(row -> row.path("transactionType").asString() + " "
                        + row.path("issueStatus").asString())
                .toList();
    }

    private static List<String> receipts(JsonNode rows, Predicate<JsonNode> wanted) {
        return rows.valueStream()
                .filter(wanted)
                .map(row -> row.path("transactionType").asString() + " "
                        + row.path("amount").longValue())
                .toList();
    }

    private static boolean isDone(Supplier<Http.Answer> request, int success) {
        try {
            return request.get().status() == success;
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
        return keysOfCalls(order, call -> call.path("path").asString().endsWith(operation));
    }

    /** The idempotency key of every charge that reached Toss. */
    List<String> keysOfCharges(String order) {
        return keysOfCalls(order, call -> call.path("path").asString().startsWith("/v1/billing/"));
    }

    /** The idempotency key of every opening of an account that reached Toss. */
    List<String> keysOfOpenings(String order) {
        return keysOfCalls(order, "/virtual-accounts");
    }

    /** The idempotency key of every call about the order's cash receipts that reached Toss. */
    List<String> keysOfReceiptCalls(String order) {
        return keysOfCalls(order, call -> call.path("path").asString().startsWith("/v1/cash-receipts"));
    }

    private List<String> keysOfCalls(String order, Predicate<JsonNode> wanted) {
        return http.get(sandbox.url() + "/control/calls?orderId=" + order)
                .body()
                .valueStream()
                .filter(wanted)
                .map(call -> call.path("idempotencyKey").asString())
                .toList();
    }

    /** What each movement of money for the order has moved, by the books of Toss. */
    List<Long> moved(String order) {
        return http.get(sandbox.url() + "/v1/transactions?startDate=2020-01-01&endDate=2100-01-01&limit=5000")
                .body()
                .valueStream()
                .filter(row -> row.path("orderId").asString().equals(order))
                .map(row -> row.path("amount").longValue())
                .toList();
    }

    /** What the ledger has on an account for the order: a debit is positive. */
    long posted(String order, String account) throws SQLException {
        return Long.parseLong(texts("""
                SELECT coalesce(sum(ledger_posting.amount_won), 0)::text
                FROM ledger_posting JOIN ledger_entry ON ledger_entry.id = entry_id
                JOIN payment ON payment.id = payment_id
                WHERE order_id = ? AND account = ?
                """, order, account).getFirst());
    }

    List<String> events(String order) throws SQLException {
        return texts("SELECT type FROM outbox WHERE aggregateid = ? ORDER BY sequence", order);
    }

    /** The id of the only event of the type. */
    String eventId(String order, String type) throws SQLException {
        List<String> ids = texts("SELECT id FROM outbox WHERE aggregateid = ? AND type = ?", order, type);
        assertThat(ids).hasSize(1);
        return ids.getFirst();
    }

    /** The first column of a query of the service's database. */
    List<String> texts(String sql, String... parameters) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<String> texts = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }
    }
}
