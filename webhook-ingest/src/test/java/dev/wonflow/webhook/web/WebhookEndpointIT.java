package dev.wonflow.webhook.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.access.WithTokenIssuer;
import dev.wonflow.webhook.Grade;
import dev.wonflow.webhook.Shape;
import dev.wonflow.webhook.TossHeader;
import dev.wonflow.webhook.Webhook;
import dev.wonflow.webhook.Webhooks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The endpoint over real sockets, with a log of webhooks that needs no Kafka. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "TOSS_WEBHOOK_SECRET=" + WebhookEndpointIT.SECRET,
            "spring.kafka.bootstrap-servers=127.0.0.1:1",
            "wonflow.webhook.body-deadline=1s",
            "wonflow.webhook.in-flight=1MB"
        })
@WithTokenIssuer
class WebhookEndpointIT {

    static final String SECRET = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static final String BODY = "{\"eventType\":\"PAYMENT_STATUS_CHANGED\",\"data\":{\"orderId\":\"ord_1\"}}";
    private static final String TIME = "2026-01-05T12:00:33+09:00";

    @Autowired
    private WebhookLog log;

    private final Sender sender;
    private final Sender managed;

    WebhookEndpointIT(@Value("${local.server.port}") int port, @Value("${local.management.port}") int managementPort) {
        this.sender = new Sender(port);
        this.managed = new Sender(managementPort);
    }

    @BeforeEach
    void empty_log() {
        log.kept.clear();
    }

    @AfterEach
    void open_gate() {
        log.gate.countDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/webhooks/toss", "/api/payments/webhook"})
    void webhook_is_kept_byte_for_byte_and_answered_with_an_empty_200(String path) {
        byte[] body = "  {\"eventType\" : \"X\", \"data\":{\"name\":\"머그컵 😀\"} }\r\n".getBytes(UTF_8);

        HttpResponse<String> answer = sender.post(
                path,
                body,
                "content-type",
                "application/json",
                "TossPayments-Webhook-Transmission-Id",
                "whtrans_1",
                "tosspayments-webhook-transmission-retried-count",
                "3",
                "tosspayments-webhook-transmission-time",
                TIME,
                "x-other",
                "not Toss's");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(log.kept).singleElement().satisfies(webhook -> {
            assertThat(webhook.body()).isEqualTo(body);
            assertThat(webhook.grade()).isEqualTo(Grade.UNVERIFIED);
            assertThat(webhook.envelope().shape()).isEqualTo(Shape.CLASSIC);
            assertThat(webhook.headers())
                    .containsExactlyInAnyOrder(
                            new TossHeader("tosspayments-webhook-transmission-id", "whtrans_1"),
                            new TossHeader("tosspayments-webhook-transmission-retried-count", "3"),
                            new TossHeader("tosspayments-webhook-transmission-time", TIME));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-8",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "not a type"
            })
    void content_type_decides_nothing(String contentType) {
        assertThat(sender.post(BODY, "content-type", contentType).statusCode()).isEqualTo(200);
        assertThat(log.kept)
                .singleElement()
                .satisfies(webhook -> assertThat(webhook.body()).isEqualTo(BODY.getBytes(UTF_8)));
    }

    @Test
    void chunked_body_is_kept_like_any_other() {
        HttpResponse<String> answer = sender.send(sender.to("/api/webhooks/toss")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BODY.getBytes(UTF_8)))));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(log.kept).hasSize(1);
    }

    @Test
    void json_of_no_known_form_is_kept() {
        assertThat(sender.post("{\"moon\":\"full\"}").statusCode()).isEqualTo(200);
        assertThat(log.kept)
                .singleElement()
                .satisfies(webhook -> assertThat(webhook.envelope().shape()).isEqualTo(Shape.UNKNOWN));
    }

    @Test
    void body_of_64_KiB_passes_and_one_byte_more_does_not() {
        byte[] largest = ("\"" + "x".repeat(64 * 1024 - 2) + "\"").getBytes(UTF_8);
        byte[] larger = ("\"" + "x".repeat(64 * 1024 - 1) + "\"").getBytes(UTF_8);

        assertThat(sender.post("/api/webhooks/toss", largest).statusCode()).isEqualTo(200);
        assertProblem(sender.post("/api/webhooks/toss", larger), 413, "request.too-large");
        assertProblem(
                sender.send(sender.to("/api/webhooks/toss")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(larger)))),
                413,
                "request.too-large");
        assertThat(log.kept).hasSize(1);
    }

    @Test
    void gigabytes_declared_are_refused_at_once_although_nothing_of_them_comes() throws Exception {
        for (String length : new String[] {"10737418240", "2000000", "65537"}) {
            long began = System.nanoTime();
            try (Socket socket = sender.open("Content-Length: " + length)) {
                byte[] answer = new byte[2_000];
                int read = socket.getInputStream().read(answer);

                assertThat(new String(answer, 0, read, UTF_8))
                        .startsWith("HTTP/1.1 413")
                        .contains("request.too-large", "Connection: close");
            }
            // Half of what a body may take its time for.
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(500));
        }
        assertThat(log.kept).isEmpty();
    }

    @Test
    void packed_body_is_kept_unpacked_and_signed_as_it_was_before_packing() throws Exception {
        HttpResponse<String> answer = sender.post(
                "/api/webhooks/toss",
                gzip(BODY.getBytes(UTF_8)),
                "content-encoding",
                "gzip",
                "tosspayments-webhook-signature",
                "v1:" + signature(BODY, TIME),
                "tosspayments-webhook-transmission-time",
                TIME);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(log.kept).singleElement().satisfies(webhook -> {
            assertThat(webhook.body()).isEqualTo(BODY.getBytes(UTF_8));
            assertThat(webhook.grade()).isEqualTo(Grade.SIGNED);
        });
    }

    @Test
    void packed_body_is_limited_by_what_it_unpacks_to() {
        byte[] bomb = gzip(("\"" + "x".repeat(50_000_000) + "\"").getBytes(UTF_8));
        byte[] half = Arrays.copyOf(gzip(BODY.getBytes(UTF_8)), 30);

        assertThat(bomb).hasSizeLessThan(64 * 1024);
        assertProblem(packed(bomb, "gzip"), 413, "request.too-large");
        assertProblem(packed(half, "gzip"), 400, "request.malformed");
        assertProblem(packed(BODY.getBytes(UTF_8), "gzip"), 400, "request.malformed");
        HttpResponse<String> unknown = packed(BODY.getBytes(UTF_8), "br");
        assertProblem(unknown, 415, "request.content-encoding");
        assertThat(unknown.headers().firstValue("accept-encoding")).contains("gzip, identity");
        assertThat(log.kept).isEmpty();
        assertThat(packed(BODY.getBytes(UTF_8), "identity").statusCode()).isEqualTo(200);
    }

    @Test
    void address_and_header_that_tomcat_refuses_are_problems() throws Exception {
        assertProblem(sender.get("/api/webhooks/%00"), 400, "http.400");
        try (Socket socket = sender.open("X: " + "x".repeat(20_000))) {
            assertThat(Sender.readToEnd(socket)).startsWith("HTTP/1.1 400").contains("\"code\":\"http.400\"");
        }
    }

    @Test
    void empty_and_unreadable_bodies_are_problems() {
        assertProblem(sender.post(""), 400, "request.malformed");
        assertProblem(sender.post("{\"eventType\":"), 400, "request.malformed");
        assertProblem(sender.post("[".repeat(1_000)), 400, "request.malformed");
        assertThat(log.kept).isEmpty();
    }

    @Test
    void other_methods_and_paths_are_problems() {
        HttpResponse<String> get = sender.get("/api/webhooks/toss", "authorization", "Bearer " + operator());

        assertProblem(get, 405, "http.405");
        assertThat(get.headers().firstValue("allow")).contains("POST");
        assertProblem(sender.get("/api/webhooks", "authorization", "Bearer " + operator()), 404, "http.404");
        assertProblem(sender.get("/error", "authorization", "Bearer " + operator()), 404, "http.404");
    }

    @Test
    void trickling_body_ends_at_the_deadline_and_with_the_connection() throws Exception {
        assertTooSlow("Content-Length: 1000", "{", Duration.ofMillis(50));
    }

    @Test
    void trickling_chunks_end_at_the_deadline_and_with_the_connection() throws Exception {
        assertTooSlow("Transfer-Encoding: chunked", "1\r\n[\r\n", Duration.ofMillis(50));
    }

    @Test
    void body_that_stops_coming_ends_with_the_connection() throws Exception {
        assertTooSlow("Content-Length: 1000", "{", Duration.ofSeconds(20));
    }

    @Test
    void chunks_that_stop_coming_end_with_the_connection() throws Exception {
        assertTooSlow("Transfer-Encoding: chunked", "1\r\n[\r\n", Duration.ofSeconds(20));
    }

    @Test
    void broken_chunks_are_a_problem() throws Exception {
        try (Socket socket = sender.open("Transfer-Encoding: chunked")) {
            socket.getOutputStream().write("zz\r\n".getBytes(UTF_8));

            assertThat(Sender.readToEnd(socket)).startsWith("HTTP/1.1 400").contains("request.malformed");
        }
        assertThat(log.kept).isEmpty();
    }

    @Test
    void half_a_body_is_never_kept() throws Exception {
        try (Socket socket = sender.open("Content-Length: " + (BODY.length() + 1))) {
            socket.getOutputStream().write(BODY.getBytes(UTF_8));
            socket.shutdownOutput();

            Sender.readToEnd(socket);
        }
        assertThat(log.kept).isEmpty();
        assertThat(sender.post(BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void right_signature_makes_a_webhook_signed() throws Exception {
        HttpResponse<String> answer = sender.post(
                BODY,
                "tosspayments-webhook-signature",
                "v1:" + Base64.getEncoder().encodeToString(new byte[32]) + ",v1:" + signature(BODY, TIME),
                "tosspayments-webhook-transmission-time",
                TIME);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(log.kept)
                .singleElement()
                .satisfies(webhook -> assertThat(webhook.grade()).isEqualTo(Grade.SIGNED));
    }

    @Test
    @Tag("F6")
    void wrong_signature_keeps_nothing() throws Exception {
        HttpResponse<String> answer = sender.post(
                BODY + " ",
                "tosspayments-webhook-signature",
                "v1:" + signature(BODY, TIME),
                "tosspayments-webhook-transmission-time",
                TIME);

        assertProblem(answer, 401, "webhook.signature-wrong");
        assertThat(answer.headers().firstValue("www-authenticate")).isPresent();
        assertThat(log.kept).isEmpty();
    }

    @Test
    void more_at_once_than_memory_allows_are_told_to_come_back() throws Exception {
        log.gate = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(threads.submit(() -> sender.post(BODY)));
            }
            // 1 MiB at 17 KiB each lets 60 in; the others are answered while these wait.
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> answers.stream().filter(Future::isDone).count() == 140);
            log.gate.countDown();

            int kept = 0;
            for (Future<HttpResponse<String>> future : answers) {
                HttpResponse<String> answer = future.get();
                if (answer.statusCode() == 200) {
                    kept++;
                } else {
                    assertProblem(answer, 503, "webhook.overloaded");
                    assertThat(answer.headers().firstValue("retry-after")).contains("10");
                }
            }
            assertThat(kept).isEqualTo(60);
        }
        assertThat(log.kept).hasSize(60);
        assertThat(sender.post(BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void whatever_is_sent_the_answer_is_200_or_400() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] body = new byte[1 + random.nextInt(200)];
            random.nextBytes(body);
            if (random.nextBoolean()) {
                body[0] = '{';
            }

            assertThat(sender.post("/api/webhooks/toss", body).statusCode())
                    .as("seed %d, body %d", seed, i)
                    .isIn(200, 400);
        }
    }

    @Test
    @Tag("F7")
    void receptions_are_measured_by_what_they_were_and_how_they_ended() {
        sender.post("{\"createdAt\":\"x\",\"secret\":\"s\",\"status\":\"DONE\",\"orderId\":\"o\"}");
        sender.post("");

        assertThat(managed.get("/actuator/prometheus", "authorization", "Bearer " + operator())
                        .body())
                .contains("wonflow_webhook_received_total{grade=\"UNVERIFIED\",result=\"kept\",shape=\"FLAT\"}")
                .contains("wonflow_webhook_received_total{grade=\"NOT_KNOWN\",result=\"webhook.empty-body\","
                        + "shape=\"NOT_KNOWN\"}")
                .contains("wonflow_webhook_age_seconds");
    }

    @Test
    void live_without_kafka_but_not_ready() {
        assertThat(sender.get("/livez").statusCode()).isEqualTo(200);
        assertThat(sender.get("/readyz").statusCode()).isEqualTo(503);
    }

    private static String operator() {
        return TokenIssuer.shared().token().permissions("operator:actuator").signed();
    }

    private void assertTooSlow(String header, String piece, Duration pause) throws Exception {
        long began = System.nanoTime();
        try (Socket socket = sender.open(header);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> trickle = threads.submit(() -> trickle(socket, piece, pause));

            String answer = Sender.readToEnd(socket);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            trickle.cancel(true);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("webhook.body-too-slow", "Connection: close");
            assertThat(took).isLessThan(Duration.ofSeconds(10));
        }
        assertThat(log.kept).isEmpty();
    }

    private static void trickle(Socket socket, String piece, Duration pause) {
        try {
            OutputStream out = socket.getOutputStream();
            while (!Thread.currentThread().isInterrupted()) {
                out.write(piece.getBytes(UTF_8));
                LockSupport.parkNanos(pause.toNanos());
            }
        } catch (SocketException _) {
            // The server has hung up.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> packed(byte[] body, String coding) {
        return sender.post("/api/webhooks/toss", body, "content-encoding", coding);
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"", "\"status\":" + status, "\"title\":");
    }

    private static String signature(String body, String time) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal((body + ":" + time).getBytes(UTF_8)));
    }

    @TestConfiguration
    static class Surroundings {

        @Bean
        @Primary
        WebhookLog webhookLog() {
            return new WebhookLog();
        }
    }

    /** Keeps webhooks in a list, behind a gate that a test can shut. */
    static final class WebhookLog implements Webhooks {

        final Queue<Webhook> kept = new ConcurrentLinkedQueue<>();
        volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public void keep(Webhook webhook) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            kept.add(webhook);
        }
    }
}
