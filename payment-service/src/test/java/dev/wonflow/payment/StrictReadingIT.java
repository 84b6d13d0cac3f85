package dev.wonflow.payment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.server.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Nothing from outside is converted or passed over, whichever way it comes. */
@WithPaymentService
@Tag("F20")
class StrictReadingIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Which of the two depends on whether it is JSON at all. */
    private static final List<String> UNFIT = List.of("request.invalid", "request.malformed");

    private static final String EMOJI = "😀";

    private final Driver driver;
    private final Environment environment;

    @Autowired
    StrictReadingIT(Driver driver, Environment environment) {
        this.driver = driver;
        this.environment = environment;
    }

    /** What may stand after {@code "amount":} and is no amount. */
    static List<String> amounts() {
        return List.of(
                "12000.7",
                "12000.0",
                "1.2e4",
                "\"12000\"",
                "\"\"",
                "true",
                "[12000]",
                "{}",
                "null",
                "-12000",
                "9223372036854775808",
                "1" + "0".repeat(500),
                "012000",
                "NaN",
                "12000,\"amount\":12000",
                "12000,\"amount\":33000");
    }

    /** Bodies that are no document, or more than one; {@code %s} is a good one. */
    static List<String> bodies() {
        return List.of("[%s]", "7", "\"text\"", "true", "null", "", "%s{}", "%s x", "{", "\u0000");
    }

    static Stream<String> ordersOverHttp() {
        return Stream.concat(
                Stream.concat(amounts().stream(), Stream.of("99")).map("{\"amount\":%s}"::formatted),
                bodies().stream().map(body -> body.formatted("{\"amount\":12000}")));
    }

    @ParameterizedTest
    @MethodSource("ordersOverHttp")
    void amount_over_http_is_a_whole_number_or_a_400(String body) {
        Driver.Answer answer = driver.post("/api/payments/toss/order", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isIn(UNFIT);
        assertThat(answer.text("detail")).contains("expected: ");
    }

    @ParameterizedTest
    @MethodSource("amounts")
    void amount_of_a_confirm_is_compared_only_if_it_is_one(String amount) {
        OrderId order = driver.anOrderId();

        Driver.Answer answer = driver.post(
                "/api/payments/toss/confirm",
                "{\"orderId\":\"%s\",\"paymentKey\":\"key\",\"amount\":%s}".formatted(order, amount));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isIn(UNFIT);
    }

    @Test
    void order_event_that_is_not_read_strictly_would_become_money_and_so_becomes_a_dead_letter() {
        Map<String, String> sent = new HashMap<>();
        Stream.concat(
                        amounts().stream().map(amount -> (UnaryOperator<String>)
                                good -> good.replace("\"amount\":33000", "\"amount\":" + amount)),
                        bodies().stream().map(body -> (UnaryOperator<String>) body::formatted))
                .forEach(spoil -> {
                    OrderId order = driver.anOrderId();
                    String body = spoil.apply(Driver.placed(order).strip());
                    sent.put(order.value(), body);
                    driver.sendOrderEvent(order, "bad-" + order, "order.placed.v1", body);
                });

        Map<String, byte[]> letters = awaitDeadLetters(sent.keySet());

        sent.forEach((order, body) -> {
            assertThat(letters.get(order)).as(body).isEqualTo(body.getBytes(UTF_8));
            assertThat(driver.status(new OrderId(order))).as(body).isEqualTo("none");
        });
    }

    @Test
    void characters_are_counted_and_not_their_units() {
        OrderId longest = driver.anOrderId();
        OrderId tooLong = driver.anOrderId();
        String name = "\"orderName\":\"머그컵 외 1건\"";
        String hundred = "\"orderName\":\"" + EMOJI.repeat(100) + "\"";

        driver.sendOrderEvent(
                tooLong,
                "too-long",
                "order.placed.v1",
                Driver.placed(tooLong).replace("\"plan\":null", "\"plan\":\"" + EMOJI.repeat(101) + "\""));
        driver.sendOrderEvent(
                longest, "longest", "order.placed.v1", Driver.placed(longest).replace(name, hundred));

        driver.awaitStatus(longest, "REQUESTED");
        awaitDeadLetters(List.of(tooLong.value()));
        assertThat(driver.texts("SELECT order_name FROM payment WHERE order_id = ?", longest))
                .containsExactly(EMOJI.repeat(100));
        assertThat(driver.post("/api/payments/toss/order", "{\"amount\":12000," + hundred + "}")
                        .status())
                .isEqualTo(201);
        assertThat(driver.post("/api/payments/toss/order", "{\"amount\":12000," + hundred.replace(EMOJI, "😀😀") + "}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void failure_message_is_cut_between_two_characters() {
        OrderId order = driver.aPlacedOrder();

        Driver.Answer answer = driver.post(
                "/api/payments/toss/fail",
                "{\"orderId\":\"%s\",\"code\":\"REJECT_CARD_COMPANY\",\"message\":\"x\\u0000\\ud800%s\"}"
                        .formatted(order, EMOJI.repeat(600)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("failureMessage")).isEqualTo("x" + EMOJI.repeat(509));
    }

    @Test
    void text_that_no_database_can_hold_is_a_400() {
        String confirm = "{\"orderId\":\"%s\",\"paymentKey\":\"%s\",\"amount\":33000}";
        OrderId order = driver.aPlacedOrder();

        for (String unfit : List.of("\\u0000", "a\\u0000b", "\\ud800", "", " ")) {
            problem(driver.post("/api/payments/toss/confirm", confirm.formatted(order, unfit)), unfit);
            problem(driver.post("/api/payments/toss/confirm", confirm.formatted("ord_" + unfit, "key")), unfit);
            problem(driver.post("/api/payments/toss/order", "{\"amount\":12000,\"plan\":\"" + unfit + "\"}"), unfit);
            problem(
                    driver.post("/api/payments/toss/order", "{\"amount\":12000,\"orderName\":\"" + unfit + "\"}"),
                    unfit);
        }
        for (String query : List.of("id=%00", "id=a%00b", "id=", "id=" + "x".repeat(201), "")) {
            problem(driver.get("/api/payments/lookup?" + query), query);
        }
        assertThat(driver.get("/api/payments/lookup?id=%C0%80").text("code"))
                .as("bytes that are no text")
                .isEqualTo("http.400");
    }

    @Test
    void webhook_with_a_key_no_database_can_hold_is_kept() {
        OrderId order = driver.aPlacedOrder();

        driver.sendWebhook(order, "CLASSIC", """
            {"eventType":"PAYMENT_STATUS_CHANGED","data":{"orderId":"%s","paymentKey":"a\\u0000b","status":"D\\ud800E"}}
            """.formatted(order));

        await().atMost(LIMIT).until(() -> driver.webhooks(order).size() == 1);
    }

    @Test
    void edge_of_the_service_is_there() throws Exception {
        HttpResponse<String> large = send(request("/api/payments/toss/order")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"orderName\":\"" + "x".repeat(64 * 1024) + "\"}")));
        HttpResponse<String> nowhere = send(request("/error").GET());
        String malformed = raw("GET /api/payments/lookup?id=%zz HTTP/1.1");

        assertThat(malformed).startsWith("HTTP/1.1 400").contains("\"code\":\"http.400\"");
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("\"code\":\"request.too-large\"");
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(nowhere.body()).contains("\"code\":\"http.404\"");
    }

    /** Sends a request that no decent client would send. */
    private String raw(String line) throws IOException {
        int port = environment.getRequiredProperty("local.server.port", Integer.class);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write((line + "\r\nAuthorization: Bearer " + Driver.token()
                                    + "\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static void problem(Driver.Answer answer, String of) {
        assertThat(answer.status()).as(of).isEqualTo(400);
        assertThat(answer.text("code")).as(of).isIn(UNFIT);
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

    /** The dead letters of these keys, by key. */
    private static Map<String, byte[]> awaitDeadLetters(Iterable<String> keys) {
        Map<String, byte[]> letters = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("order.events-dlt").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(LIMIT).untilAsserted(() -> {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(letter ->
                                letters.put(new String(letter.key(), UTF_8), Objects.requireNonNull(letter.value())));
                assertThat(letters.keySet()).containsAll(keys);
            });
        }
        return letters;
    }
}
