package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.runtime.IdSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/** A buyer who is faster than the event of the order. */
@WithPaymentService
class AwaitedPaymentsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Driver driver;
    private final TossStub toss;
    private final MessageListenerContainer orders;
    private final Environment environment;
    private final IdSource ids;
    private final Clock clock;

    @Autowired
    AwaitedPaymentsIT(
            Driver driver,
            TossStub toss,
            KafkaListenerEndpointRegistry listeners,
            Environment environment,
            IdSource ids,
            Clock clock) {
        this.driver = driver;
        this.toss = toss;
        this.orders = Objects.requireNonNull(listeners.getListenerContainer("payment-service.order-events"));
        this.environment = environment;
        this.ids = ids;
        this.clock = clock;
    }

    @AfterEach
    void read_on() {
        orders.start();
    }

    @Test
    void order_whose_event_is_unread_is_answered_retryably_and_paid_by_the_same_request_later() throws Exception {
        await().atMost(LIMIT).until(() -> confirm(anOldId()).statusCode() == 404);
        orders.stop();
        OrderId order = anOldId();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        driver.sendOrderEvent(order, "late-" + order, "order.placed.v1", Driver.placed(order));
        // What was seen of the topic may be a second old.
        await().atMost(LIMIT).until(() -> confirm(order).statusCode() == 503);

        for (HttpResponse<String> early : List.of(
                confirm(order),
                post("/api/payments/toss/fail", "{\"orderId\":\"" + order + "\",\"code\":\"PAY_PROCESS_CANCELED\"}"),
                send(request("/api/payments/lookup?id=" + order).GET()))) {
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.headers().firstValue("retry-after")).contains("2");
            assertThat(early.body()).contains("\"code\":\"payment.not-created-yet\"");
        }
        assertThat(toss.calls(order)).isEmpty();
        assertThat(confirm("made-up-by-someone").statusCode()).isEqualTo(404);

        orders.start();
        driver.awaitStatus(order, "REQUESTED");

        assertThat(driver.confirm(order, key).text("status")).isEqualTo("paid");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(confirm(anOldId()).statusCode())
                        .as("an order nobody placed, once everything is read")
                        .isEqualTo(404));
    }

    @Test
    void order_so_young_that_its_event_may_be_on_its_way_is_answered_retryably() throws Exception {
        HttpResponse<String> early = confirm(driver.anOrderId());

        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.body()).contains("\"code\":\"payment.not-created-yet\"");
    }

    /** An id as our order-service made them an hour ago. */
    private OrderId anOldId() {
        String now = ids.next().toString().replace("-", "");
        long anHourAgo = clock.millis() - Duration.ofHours(1).toMillis();
        return new OrderId("ord_%012x".formatted(anHourAgo) + now.substring(12));
    }

    private HttpResponse<String> confirm(Object order) throws Exception {
        return post(
                "/api/payments/toss/confirm",
                "{\"orderId\":\"%s\",\"paymentKey\":\"key-%s\",\"amount\":%d}".formatted(order, order, Driver.AMOUNT));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return Driver.signedIn(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
