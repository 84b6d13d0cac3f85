package dev.wonflow.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.idempotency.Once;
import dev.wonflow.testsupport.access.TestToken;
import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.server.RealServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What callers do over HTTP: once for each key, and on record. */
@RealServers
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"APP_URL=http://127.0.0.1:18085", "wonflow.order.sweep-interval=1h"})
class RepeatedRequestsIT {

    private static final String CART = """
        {"items": [{"sku": "MUG", "name": "머그컵", "unitPrice": 12000, "quantity": 2}]}
        """;

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TOKEN = TokenIssuer.shared().token("hanbit-studio", "checkout:write", "order:fulfil");

    private final HttpClient http = HttpClient.newHttpClient();
    private final JdbcClient jdbc;
    private final RequestMappingHandlerMapping handlers;

    @LocalServerPort
    private int port;

    @Autowired
    RepeatedRequestsIT(
            JdbcClient jdbc, @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
        this.jdbc = jdbc;
        this.handlers = handlers;
    }

    @Test
    void repeated_cart_is_the_same_order() throws Exception {
        HttpResponse<String> first = post("/api/payments/ready", "ready-1", CART);
        HttpResponse<String> repeated = post("/api/payments/ready", "ready-1", CART);
        HttpResponse<String> another = post("/api/payments/ready", null, CART);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(repeated.statusCode()).isEqualTo(201);
        assertThat(repeated.body()).isEqualTo(first.body());
        assertThat(repeated.headers().firstValue("location"))
                .isEqualTo(first.headers().firstValue("location"))
                .contains("/api/orders/" + id(first));
        assertThat(repeated.headers().firstValue("idempotency-replayed")).contains("true");
        assertThat(id(another)).isNotEqualTo(id(first));
        assertThat(events(id(first))).containsExactly("order.placed.v1");
        assertThat(audited(id(first))).hasSize(1);
    }

    @Test
    void repeated_ship_and_cancel_are_answered_as_the_first() throws Exception {
        String shipped = aPaidOrder();
        String cancelled = id(post("/api/payments/ready", null, CART));

        HttpResponse<String> ship = post("/api/orders/" + shipped + "/ship", "ship-" + shipped, "");
        HttpResponse<String> cancel = post("/api/orders/" + cancelled + "/cancel", "cancel-" + cancelled, "");

        assertThat(json(ship).get("status").stringValue()).isEqualTo("shipped");
        assertThat(json(cancel).get("status").stringValue()).isEqualTo("cancelled");
        assertThat(post("/api/orders/" + shipped + "/ship", "ship-" + shipped, "")
                        .body())
                .isEqualTo(ship.body());
        assertThat(post("/api/orders/" + cancelled + "/cancel", "cancel-" + cancelled, "")
                        .body())
                .isEqualTo(cancel.body());
        assertThat(code(post("/api/orders/" + shipped + "/ship", null, ""))).isEqualTo("order.illegal-step");
        assertThat(code(post("/api/orders/" + shipped + "/cancel", "ship-" + shipped, "")))
                .isEqualTo("idempotency.key-reused");
        assertThat(events(shipped)).containsExactly("order.placed.v1", "order.shipped.v1");
        assertThat(events(cancelled)).containsExactly("order.placed.v1", "order.cancelled.v1");
    }

    @Test
    void what_callers_did_is_on_record_and_what_was_refused_is_not() throws Exception {
        String shipped = aPaidOrder();
        String cancelled = id(post("/api/payments/ready", null, CART));

        assertThat(code(post("/api/orders/" + cancelled + "/ship", "k-" + cancelled, "")))
                .isEqualTo("order.illegal-step");
        post("/api/orders/" + shipped + "/ship", null, "");
        post("/api/orders/" + cancelled + "/cancel", null, "");

        assertThat(audited(shipped))
                .containsExactly(
                        "hanbit-studio test test order.place - PENDING -",
                        "hanbit-studio test test order.ship CONFIRMED SHIPPED -");
        assertThat(audited(cancelled))
                .containsExactly(
                        "hanbit-studio test test order.place - PENDING -",
                        "hanbit-studio test test order.cancel PENDING CANCELLED REQUESTED");
        assertThat(jdbc.sql("SELECT after::text FROM audit_entry WHERE object = ? AND action = 'order.ship'")
                        .param(shipped)
                        .query(String.class)
                        .single())
                .isEqualTo("{\"amount\": 24000, \"status\": \"SHIPPED\", \"version\": 3}");
    }

    @Test
    void every_post_takes_a_key() {
        List<HandlerMethod> posts = handlers.getHandlerMethods().entrySet().stream()
                .filter(route ->
                        route.getKey().getMethodsCondition().getMethods().contains(RequestMethod.POST))
                .map(Map.Entry::getValue)
                .toList();

        assertThat(posts)
                .hasSize(3)
                .allSatisfy(
                        post -> assertThat(post.getMethod().getParameterTypes()).contains(Once.class));
    }

    @Test
    void key_is_the_tenant_s_whichever_of_its_programs_sends_it_and_opens_nothing() throws Exception {
        TestToken program = TokenIssuer.shared().token().with("client_id", "another-program");
        HttpResponse<String> first = post("/api/payments/ready", "whose", CART);

        HttpResponse<String> colleague = post(
                program.tenant("hanbit-studio").permissions("checkout:write").signed(),
                "/api/payments/ready",
                "whose",
                CART);
        HttpResponse<String> without = post(
                program.tenant("hanbit-studio").permissions("order:fulfil").signed(),
                "/api/payments/ready",
                "whose",
                CART);
        HttpResponse<String> stranger = post(
                program.tenant("duru-bakery").permissions("checkout:write").signed(),
                "/api/payments/ready",
                "whose",
                CART);

        assertThat(colleague.body()).isEqualTo(first.body());
        assertThat(without.statusCode()).isEqualTo(403);
        assertThat(stranger.statusCode()).isEqualTo(201);
        assertThat(id(stranger)).isNotEqualTo(id(first));
        assertThat(audited(id(first))).hasSize(1);
    }

    @Test
    void what_a_request_causes_is_in_its_trace() throws Exception {
        String order = id(post("/api/payments/ready", null, CART));

        assertThat(texts("SELECT trace_id FROM audit_entry WHERE object = ?", order))
                .containsExactly(TRACE);
        assertThat(texts("SELECT split_part(traceparent, '-', 2) FROM outbox WHERE aggregateid = ?", order))
                .containsExactly(TRACE);
    }

    private String aPaidOrder() throws Exception {
        String order = id(post("/api/payments/ready", null, CART));
        jdbc.sql("UPDATE sales_order SET status = 'CONFIRMED', paid_by = gen_random_uuid(), version = 2 WHERE id = ?")
                .param(order)
                .update();
        return order;
    }

    private List<String> events(String order) {
        return texts("SELECT type FROM outbox WHERE aggregateid = ? ORDER BY sequence", order);
    }

    private List<String> audited(String order) {
        return texts("""
                SELECT concat_ws(' ', tenant_id, subject, client, action, coalesce(before ->> 'status', '-'),
                    after ->> 'status', coalesce(why, '-'))
                FROM audit_entry WHERE object = ? ORDER BY id
                """, order);
    }

    private List<String> texts(String sql, String order) {
        return jdbc.sql(sql)
                .param(order)
                .query((row, _) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }

    private HttpResponse<String> post(String path, @Nullable String key, String body)
            throws IOException, InterruptedException {
        return post(TOKEN, path, key, body);
    }

    private HttpResponse<String> post(String token, String path, @Nullable String key, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String id(HttpResponse<String> answer) {
        return json(answer).get("orderId").stringValue();
    }

    private static String code(HttpResponse<String> answer) {
        return json(answer).get("code").stringValue();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body());
    }
}
