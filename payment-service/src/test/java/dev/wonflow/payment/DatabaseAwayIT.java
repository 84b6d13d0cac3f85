package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.server.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** PostgreSQL refuses connections for a while. */
@WithPaymentService
class DatabaseAwayIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Driver driver;
    private final String database;
    private final String address;

    @Autowired
    DatabaseAwayIT(Driver driver, Environment environment) {
        this.driver = driver;
        this.database = environment.getRequiredProperty("spring.datasource.url");
        this.address = "http://127.0.0.1:" + environment.getProperty("local.server.port");
    }

    @AfterEach
    void open() {
        TestServers.postgres().open(database);
        await().atMost(LIMIT)
                .until(() -> driver.get("/api/payments/lookup?id=nobody").status() == 404);
    }

    @Test
    void every_request_is_answered_with_503_and_a_time_to_come_back() throws Exception {
        OrderId order = driver.aPlacedOrder();
        TestServers.postgres().shut(database);

        try (HttpClient http = HttpClient.newHttpClient()) {
            for (HttpRequest.Builder request : new HttpRequest.Builder[] {
                request("/api/payments/lookup?id=" + order).GET(),
                post("/api/payments/toss/order", "{\"amount\":12000}"),
                post(
                        "/api/payments/toss/confirm",
                        "{\"orderId\":\"%s\",\"paymentKey\":\"k\",\"amount\":33000}".formatted(order)),
                post("/api/payments/toss/fail", "{\"orderId\":\"%s\",\"code\":\"X\"}".formatted(order))
            }) {
                HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());

                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                assertThat(answer.headers().firstValue("retry-after")).contains("2");
                assertThat(answer.body()).contains("\"code\":\"service.unavailable\"");
            }
        }
    }

    private HttpRequest.Builder post(String path, String body) {
        return request(path).header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder request(String path) {
        return Driver.signedIn(HttpRequest.newBuilder(URI.create(address + path)))
                .timeout(LIMIT);
    }
}
