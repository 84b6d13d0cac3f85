package dev.wonflow.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.order.order.CancelReason;
import dev.wonflow.order.order.ExpireOrders;
import dev.wonflow.order.order.FindOrder;
import dev.wonflow.order.order.Order;
import dev.wonflow.order.order.OrderStatus;
import dev.wonflow.order.order.Orders;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.server.EarlierSchema;
import dev.wonflow.testsupport.server.RealServers;
import dev.wonflow.testsupport.server.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** This service on a database of the version before; CONTRIBUTING.md says when the pin moves. */
@RealServers
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            EarlierSchema.VERSION + "=0005",
            EarlierSchema.ROWS + "=upgrade/rows.sql",
            "APP_URL=http://127.0.0.1:18085",
            "wonflow.order.sweep-interval=1h"
        })
class UpgradeIT {

    private static final String CHECKED_PAYMENT = "00000000-0000-7000-8000-0000000000c1";
    private static final String HELD_PAYMENT = "00000000-0000-7000-8000-0000000000c3";

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Orders orders;

    @Autowired
    private FindOrder findOrder;

    @Autowired
    private ExpireOrders expireOrders;

    static Stream<OrderStatus> statuses() {
        return Arrays.stream(OrderStatus.values());
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void every_status_is_among_the_rows(OrderStatus status) {
        assertThat(ids())
                .anyMatch(id -> orders.find(new OrderId(id)).orElseThrow().status() == status);
    }

    @Test
    void every_order_is_read_and_shown() throws Exception {
        for (String id : ids()) {
            Order order = orders.find(new OrderId(id)).orElseThrow();

            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/orders/" + id))
                            .header(
                                    "Authorization",
                                    "Bearer "
                                            + TokenIssuer.shared()
                                                    .token(order.tenantId().value(), "order:fulfil"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).as("%s: %s", id, answer.body()).isEqualTo(200);
            JsonNode view = new JsonMapper().readTree(answer.body());
            assertThat(view.get("status").stringValue())
                    .isEqualToIgnoringCase(order.status().name());
            assertThat(view.get("items")).hasSize(1);
        }
        assertThat(findOrder
                        .find(new TenantId("default"), "ord_before_confirmed")
                        .failures())
                .hasSize(1);
    }

    @Test
    void orders_that_waited_go_on() {
        send(
                "payment.events",
                "ord_before_pending",
                payment("ord_before_pending", UUID.randomUUID().toString(), 2));
        send("payment.events", "ord_before_on_hold", payment("ord_before_on_hold", HELD_PAYMENT, 5));
        expireOrders.runOnce();

        soon("ord_before_pending", OrderStatus.CONFIRMED);
        soon("ord_before_on_hold", OrderStatus.CONFIRMED);
        soon("ord_before_due", OrderStatus.CANCELLED);
        assertThat(orders.find(new OrderId("ord_before_due")).orElseThrow().cancelReason())
                .isEqualTo(CancelReason.EXPIRED);
    }

    @Test
    void how_far_the_news_of_a_payment_had_come_is_still_known() {
        send("payment.events", "ord_before_checked", payment("ord_before_checked", CHECKED_PAYMENT, 3));
        send(
                "payment.events",
                "ord_before_checked",
                payment("ord_before_checked", UUID.randomUUID().toString(), 1));

        soon("ord_before_checked", OrderStatus.CONFIRMED);
        assertThat(orders.find(new OrderId("ord_before_checked")).orElseThrow().paidBy())
                .isNotEqualTo(UUID.fromString(CHECKED_PAYMENT));
    }

    @Test
    void request_that_was_answered_before_is_not_answered_again() {
        for (String id : List.of("req-before", "req-after")) {
            send("checkout.requests", "any", new Message(Map.of(), """
                {"id": "%s", "tenantId": "hanbit-studio", "currency": "KRW",
                 "items": [{"sku": "MUG", "name": "머그컵", "unitPrice": 12000, "quantity": 2}]}
                """.formatted(id)));
        }

        Awaitility.await("the next request")
                .atMost(Duration.ofSeconds(60))
                .until(() -> orders.findByRequest(new TenantId("hanbit-studio"), "req-after")
                        .isPresent());
        assertThat(orders.findByRequest(new TenantId("hanbit-studio"), "req-before")
                        .orElseThrow()
                        .id())
                .isEqualTo(new OrderId("ord_before_asked"));
    }

    @Test
    void outbox_stays_as_the_version_before_demands_it_and_traced_messages_go_without_their_trace() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        send("checkout.requests", "any", new Message(Map.of("traceparent", trace), """
                {"id": "req-traced", "tenantId": "hanbit-studio", "currency": "KRW",
                 "items": [{"sku": "MUG", "name": "머그컵", "unitPrice": 12000, "quantity": 2}]}
                """));

        Awaitility.await("the traced request")
                .atMost(Duration.ofSeconds(60))
                .until(() -> orders.findByRequest(new TenantId("hanbit-studio"), "req-traced")
                        .isPresent());
        OrderId order = orders.findByRequest(new TenantId("hanbit-studio"), "req-traced")
                .orElseThrow()
                .id();
        assertThat(jdbc.sql("SELECT count(*) FROM outbox WHERE aggregateid = :id")
                        .param("id", order.value())
                        .query(Long.class)
                        .single())
                .isOne();
        assertThat(jdbc.sql("SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute"
                                + " WHERE attrelid = 'outbox'::regclass AND attnum > 0 AND NOT attisdropped")
                        .query(String.class)
                        .single())
                .isEqualTo("id aggregatetype aggregateid type sequence tenant_id occurred_at payload appended_at");
    }

    private record Message(Map<String, String> headers, String body) {}

    private static Message payment(String order, String payment, long sequence) {
        Map<String, String> headers = new HashMap<>();
        headers.put("ce_id", UUID.randomUUID().toString());
        headers.put("ce_type", "payment.paid.v1");
        headers.put("ce_sequence", Long.toString(sequence));
        return new Message(headers, """
            {"paymentId": "%s", "orderId": "%s", "tenantId": "default", "amount": 24000, "currency": "KRW",
             "livemode": false, "plan": null, "paymentKey": "k", "method": "카드",
             "approvedAt": "2026-01-05T03:00:00Z"}
            """.formatted(payment, order));
    }

    private static void send(String topic, String key, Message content) {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, key.getBytes(UTF_8), content.body().getBytes(UTF_8));
        content.headers().forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var _ = producer.send(message);
        }
    }

    private void soon(String order, OrderStatus status) {
        Awaitility.await(order)
                .atMost(Duration.ofSeconds(60))
                .until(() -> orders.find(new OrderId(order)).orElseThrow().status(), status::equals);
    }

    private List<String> ids() {
        return jdbc.sql("SELECT id FROM sales_order WHERE id LIKE 'ord_before_%'")
                .query((row, _) -> row.getString(1))
                .list();
    }
}
