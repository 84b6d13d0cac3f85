package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.access.Operator;
import dev.wonflow.idempotency.Once;
import dev.wonflow.payment.gateway.toss.TossStub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What callers do over HTTP: once for each key, and on record. */
@WithPaymentService
class RepeatedRequestsIT {

    private static final String ORDER = "/api/payments/toss/order";
    private static final String CONFIRM = "/api/payments/toss/confirm";
    private static final String FAIL = "/api/payments/toss/fail";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Driver driver;
    private final TossStub toss;
    private final JdbcClient jdbc;
    private final RequestMappingHandlerMapping handlers;
    private final String address;

    @Autowired
    RepeatedRequestsIT(
            Driver driver,
            TossStub toss,
            JdbcClient jdbc,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers,
            Environment environment) {
        this.driver = driver;
        this.toss = toss;
        this.jdbc = jdbc;
        this.handlers = handlers;
        this.address = "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port");
    }

    @Test
    void repeated_order_is_the_same_payment_though_its_plan_costs_more_now() {
        driver.price("once", 12_000, 1);
        String body = "{\"amount\":12000,\"plan\":\"once\"}";
        HttpResponse<String> first = post(ORDER, "order-once", body);
        driver.price("once", 15_000, 2);

        HttpResponse<String> repeated = post(ORDER, "order-once", body);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(repeated.statusCode()).isEqualTo(201);
        assertThat(repeated.body()).isEqualTo(first.body());
        assertThat(repeated.headers().firstValue("idempotency-replayed")).contains("true");
        assertThat(driver.published(order(first))).containsExactly("payment.requested.v1");
        problem(post(ORDER, null, body), 422, "plan.another-price");
        problem(post(ORDER, "order-once", "{\"amount\":15000,\"plan\":\"once\"}"), 422, "idempotency.key-reused");
    }

    @Test
    void repeated_confirm_is_answered_as_the_first_whatever_came_after() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey declined = toss.authenticated(order, Driver.AMOUNT);
        toss.next(order, new TossStub.Fault.Refusal(403, "REJECT_CARD_COMPANY"));
        HttpResponse<String> first = post(CONFIRM, "c1-" + order, confirm(order, declined));
        problem(first, 402, "payment.declined");
        PaymentKey good = toss.authenticated(order, Driver.AMOUNT);
        HttpResponse<String> second = post(CONFIRM, "c2-" + order, confirm(order, good));
        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);

        HttpResponse<String> again = post(CONFIRM, "c1-" + order, confirm(order, declined));

        assertThat(again.statusCode()).isEqualTo(402);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(post(CONFIRM, "c2-" + order, confirm(order, good)).body()).isEqualTo(second.body());
        problem(post(CONFIRM, null, confirm(order, declined)), 409, "payment.not-open");
        problem(post(CONFIRM, "c1-" + order, confirm(order, good)), 422, "idempotency.key-reused");
        assertThat(toss.confirms(order)).hasSize(2);
    }

    @Test
    void while_toss_is_asked_a_repeat_is_told_to_come_back() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        CountDownLatch until = new CountDownLatch(1);
        toss.next(order, new TossStub.Fault.Held(until, new TossStub.Fault.Slow(Duration.ZERO)));
        CompletableFuture<HttpResponse<String>> first = postLater(CONFIRM, "k-" + order, confirm(order, key));
        driver.awaitStatus(order, "CONFIRMING");

        HttpResponse<String> repeated = post(CONFIRM, "k-" + order, confirm(order, key));

        problem(repeated, 409, "idempotency.in-flight");
        assertThat(repeated.headers().firstValue("retry-after")).contains("2");
        assertThat(first).as("the first, all the while").isNotDone();
        until.countDown();
        assertThat(first.join().statusCode()).as(first.join().body()).isEqualTo(200);
        assertThat(post(CONFIRM, "k-" + order, confirm(order, key)).body())
                .isEqualTo(first.join().body());
        assertThat(toss.confirms(order)).hasSize(1);
    }

    @Test
    void answer_that_nobody_knows_the_outcome_is_not_kept() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.next(order, new TossStub.Fault.AnswerLost());
        assertThat(post(CONFIRM, "k-" + order, confirm(order, key)).statusCode())
                .isEqualTo(202);

        driver.awaitStatus(order, "PAID");

        HttpResponse<String> repeated = post(CONFIRM, "k-" + order, confirm(order, key));
        assertThat(repeated.statusCode()).isEqualTo(200);
        assertThat(repeated.body()).contains("\"status\":\"paid\"");
        assertThat(toss.confirms(order)).filteredOn(TossStub.Call::effect).hasSize(1);
    }

    @Test
    void repeated_failure_is_answered_as_the_first() {
        OrderId order = driver.aPlacedOrder();
        String body = "{\"orderId\":\"%s\",\"code\":\"PAY_PROCESS_ABORTED\"}".formatted(order);
        HttpResponse<String> first = post(FAIL, "f-" + order, body);
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        assertThat(post(CONFIRM, null, confirm(order, key)).statusCode()).isEqualTo(200);

        assertThat(post(FAIL, "f-" + order, body).body())
                .isEqualTo(first.body())
                .contains("\"status\":\"failed\"");
        problem(post(FAIL, null, body), 409, "payment.not-open");
        assertThat(driver.status(order)).isEqualTo("PAID");
    }

    @Test
    void what_callers_did_is_on_record_and_what_was_refused_is_not() {
        OrderId order = order(post(ORDER, null, "{\"amount\":33000}"));
        String fail = "{\"orderId\":\"%s\",\"code\":\"PAY_PROCESS_ABORTED\"}".formatted(order);
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);

        post(FAIL, "f-" + order, fail);
        post(FAIL, "f-" + order, fail);
        problem(post(CONFIRM, null, confirm(order, key).replace("33000", "32000")), 422, "payment.amount-mismatch");
        post(CONFIRM, null, confirm(order, key));
        post(CONFIRM, null, confirm(order, key));
        problem(post(FAIL, null, fail), 409, "payment.not-open");

        assertThat(driver.texts("""
            SELECT concat_ws(' ', tenant_id, subject, client, action, coalesce(before ->> 'status', '-'),
                after ->> 'status', coalesce(why, '-'))
            FROM audit_entry WHERE after ->> 'orderId' = ? ORDER BY id
            """, order))
                .containsExactly(
                        "default test test payment.request - REQUESTED -",
                        "default test test payment.fail REQUESTED FAILED PAY_PROCESS_ABORTED",
                        "default test test payment.confirm FAILED CONFIRMING -");
        assertThat(kept("payment.request", "payment.fail", "payment.confirm"))
                .containsExactly("amount", "orderId", "status", "version");
    }

    /** Names of the facts on record about what was done. */
    private List<String> kept(String... actions) {
        return jdbc.sql("SELECT DISTINCT jsonb_object_keys(after) FROM audit_entry WHERE action IN (:actions) ORDER BY"
                        + " 1")
                .param("actions", List.of(actions))
                .query((row, _) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }

    @Test
    void every_post_of_a_tenant_takes_a_key() {
        List<HandlerMethod> posts = handlers.getHandlerMethods().entrySet().stream()
                .filter(route ->
                        route.getKey().getMethodsCondition().getMethods().contains(RequestMethod.POST))
                .map(Map.Entry::getValue)
                .toList();

        // An operator is of no tenant, so these have to be safe to repeat by themselves; OperatorsIT, LookIT and
        // ImportIT try it.
        assertThat(posts)
                .filteredOn(RepeatedRequestsIT::isOfOperators)
                .extracting(post -> post.getMethod().getName())
                .containsExactlyInAnyOrder("explain", "lookAtAny", "end", "take");
        assertThat(posts)
                .filteredOn(post -> !isOfOperators(post))
                .hasSize(11)
                .allSatisfy(
                        post -> assertThat(post.getMethod().getParameterTypes()).contains(Once.class));
    }

    private static boolean isOfOperators(HandlerMethod post) {
        return List.of(post.getMethod().getParameterTypes()).contains(Operator.class);
    }

    @Test
    void repeated_refund_gives_back_once_also_when_the_first_answer_was_not_kept() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        assertThat(post(CONFIRM, null, confirm(order, key)).statusCode()).isEqualTo(200);
        String path = "/api/payments/" + order + "/cancel";
        String body = "{\"cancelReason\":\"고객 변심\",\"cancelAmount\":10000}";
        HttpResponse<String> first = post(path, "r-" + order, body);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);

        assertThat(post(path, "r-" + order, body).body()).isEqualTo(first.body());
        assertThat(jdbc.sql("DELETE FROM idempotency_key WHERE key = ?")
                        .param("r-" + order)
                        .update())
                .isEqualTo(1);
        HttpResponse<String> found = post(path, "r-" + order, body);
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        assertThat(json(found).get("refundId")).isEqualTo(json(first).get("refundId"));
        problem(post(path, "r-" + order, body.replace("10000", "10001")), 422, "idempotency.key-reused");
        assertThat(toss.cancels(order)).hasSize(1);
        assertThat(driver.texts(
                        "SELECT why FROM audit_entry WHERE action = 'payment.refund' AND after ->> 'orderId' = ?",
                        order))
                .containsExactly("고객 변심");
        assertThat(kept("payment.refund")).containsExactly("amount", "orderId", "refund", "refundable");
    }

    @Test
    void repeated_request_for_a_cash_receipt_issues_one_also_when_the_first_answer_was_not_kept() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.change(key, payment -> payment.put("method", "계좌이체").putNull("card"));
        assertThat(post(CONFIRM, null, confirm(order, key)).statusCode()).isEqualTo(200);
        String path = "/api/payments/" + order + "/cash-receipt";
        String body = "{\"type\":\"소득공제\",\"voluntary\":true}";
        HttpResponse<String> first = post(path, "c-" + order, body);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);

        assertThat(post(path, "c-" + order, body).body()).isEqualTo(first.body());
        assertThat(jdbc.sql("DELETE FROM idempotency_key WHERE key = ?")
                        .param("c-" + order)
                        .update())
                .isEqualTo(1);
        HttpResponse<String> found = post(path, "c-" + order, body);
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        assertThat(json(found).get("requestId")).isEqualTo(json(first).get("requestId"));
        assertThat(toss.receipts(order)).containsExactly("CONFIRM 33000");
        assertThat(kept("payment.cash-receipt")).containsExactly("orderId", "request", "type");
    }

    private static String confirm(OrderId order, PaymentKey key) {
        return "{\"paymentKey\":\"%s\",\"orderId\":\"%s\",\"amount\":%d}".formatted(key, order, Driver.AMOUNT);
    }

    private static OrderId order(HttpResponse<String> opened) {
        return new OrderId(json(opened).get("orderId").stringValue());
    }

    private static void problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).get("code").stringValue()).isEqualTo(code);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body());
    }

    private HttpResponse<String> post(String path, @Nullable String key, String body) {
        return postLater(path, key, body).join();
    }

    private CompletableFuture<HttpResponse<String>> postLater(String path, @Nullable String key, String body) {
        HttpRequest.Builder request = Driver.signedIn(HttpRequest.newBuilder(URI.create(address + path)))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
