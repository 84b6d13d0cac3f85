package dev.wonflow.sandbox;

import dev.wonflow.sandbox.clock.SandboxClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sandbox on a port of its own, and a client that speaks plain HTTP to it. */
final class RunningSandbox implements AutoCloseable {

    static final String SECRET_KEY = "test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R";
    static final String CLIENT_KEY = "test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq";
    static final String WIDGET_SECRET_KEY = "test_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6";
    static final String WIDGET_CLIENT_KEY = "test_gck_docs_Ovk5rk1EwkEbP0W43n07xlzm";
    static final String OTHER_SECRET_KEY = "test_sk_other_merchant";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final AtomicInteger ORDERS = new AtomicInteger();

    private final ConfigurableApplicationContext context;
    private final HttpClient http;
    private final URI base;

    /** The sandbox most tests share, and who receives its webhooks; every test has its own orders. */
    private static final class Shared {

        static final Receiver RECEIVER = newReceiver();
        static final RunningSandbox SANDBOX = start("wonflow.sandbox.webhook-urls=" + RECEIVER.url());

        private static Receiver newReceiver() {
            try {
                return new Receiver();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static RunningSandbox shared() {
        return Shared.SANDBOX;
    }

    /** Receives the webhooks of the shared sandbox, which waits ten seconds for it, however busy the machine is. */
    static Receiver sharedReceiver() {
        return Shared.RECEIVER;
    }

    private RunningSandbox(ConfigurableApplicationContext context, String scheme, HttpClient http) {
        this.context = context;
        this.http = http;
        this.base = URI.create(
                scheme + "://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Starts a sandbox with two merchants and settings such as {@code wonflow.sandbox.webhook-urls=…}. */
    static RunningSandbox start(String... settings) {
        return new RunningSandbox(run(settings), "http", HttpClient.newHttpClient());
    }

    /** Starts a sandbox that speaks TLS only. */
    static RunningSandbox startWith(Certificate certificate, String... settings) {
        List<String> all = new ArrayList<>(certificate.settings());
        all.addAll(List.of(settings));
        return new RunningSandbox(
                run(all.toArray(String[]::new)),
                "https",
                HttpClient.newBuilder().sslContext(certificate.trusting()).build());
    }

    private static ConfigurableApplicationContext run(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "server.port=0",
                "logging.level.root=WARN",
                "wonflow.sandbox.merchants[0].m-id=tvivarepublica",
                "wonflow.sandbox.merchants[0].name=Mugs & Co",
                "wonflow.sandbox.merchants[0].keys[0].client-key=" + CLIENT_KEY,
                "wonflow.sandbox.merchants[0].keys[0].secret-key=" + SECRET_KEY,
                "wonflow.sandbox.merchants[0].keys[1].client-key=" + WIDGET_CLIENT_KEY,
                "wonflow.sandbox.merchants[0].keys[1].secret-key=" + WIDGET_SECRET_KEY,
                "wonflow.sandbox.merchants[1].m-id=other",
                "wonflow.sandbox.merchants[1].name=Other",
                "wonflow.sandbox.merchants[1].keys[0].client-key=test_ck_other_merchant",
                "wonflow.sandbox.merchants[1].keys[0].secret-key=" + OTHER_SECRET_KEY));
        all.addAll(List.of(settings));
        // A setting given twice counts as given last.
        Map<String, String> arguments = new LinkedHashMap<>();
        all.forEach(setting -> arguments.put(setting.substring(0, setting.indexOf('=')), "--" + setting));
        return SpringApplication.run(
                TossSandboxApplication.class, arguments.values().toArray(String[]::new));
    }

    /** Starts a sandbox at a time in Seoul, so that no day ends while a test runs that counts days. */
    static RunningSandbox startAt(String time, String... settings) {
        Duration ahead = Duration.between(Clock.systemUTC().instant(), inSeoul(time));
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("wonflow.sandbox.clock.ahead=" + ahead);
        return start(all.toArray(String[]::new));
    }

    private static Instant inSeoul(String time) {
        return LocalDateTime.parse(time).atZone(SandboxClock.SEOUL).toInstant();
    }

    /** Starts a sandbox that is told nothing but to take any port. */
    static RunningSandbox startAsShipped() {
        return new RunningSandbox(
                SpringApplication.run(TossSandboxApplication.class, "--server.port=0", "--logging.level.root=WARN"),
                "http",
                HttpClient.newHttpClient());
    }

    URI base() {
        return base;
    }

    int port() {
        return base.getPort();
    }

    /** An answer, its body as text and as JSON. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String text(String field) {
            return json().path(field).asString();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    static String newOrderId() {
        return "order-" + ORDERS.incrementAndGet();
    }

    static String basic(String secretKey) {
        return "Basic " + Base64.getEncoder().encodeToString((secretKey + ":").getBytes(StandardCharsets.UTF_8));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    /** A request with the keys of the first merchant. */
    HttpRequest.Builder toss(String path) {
        return request(path).header("Authorization", basic(SECRET_KEY));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path) {
        return send(path.startsWith("/v") ? toss(path) : request(path));
    }

    Answer post(String path, String body, String... headers) {
        HttpRequest.Builder request = path.startsWith("/v") ? toss(path) : request(path);
        request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    static String sessionOf(String orderId, long amount) {
        return """
            {"method": "카드", "amount": %d, "orderId": "%s", "orderName": "머그컵 외 1건",
             "successUrl": "https://shop.example/success?attempt=1", "failUrl": "https://shop.example/fail?attempt=1"}
            """.formatted(amount, orderId);
    }

    static String confirmOf(String paymentKey, String orderId, long amount) {
        return """
            {"paymentKey": "%s", "orderId": "%s", "amount": %d}""".formatted(paymentKey, orderId, amount);
    }

    /** Opens a payment of 33,000 won and answers its key. */
    String open(String orderId) {
        return post("/v1/payments", sessionOf(orderId, 33_000)).text("paymentKey");
    }

    /** Opens and authenticates a payment of 33,000 won and answers its key. */
    String authenticated(String orderId) {
        String paymentKey = open(orderId);
        post("/control/payments/" + paymentKey + "/authenticate", "{}");
        return paymentKey;
    }

    Answer confirm(String paymentKey, String orderId, String... headers) {
        return post("/v1/payments/confirm", confirmOf(paymentKey, orderId, 33_000), headers);
    }

    Answer payment(String paymentKey) {
        return get("/v1/payments/" + paymentKey);
    }

    void advance(String by) {
        post("/control/clock/advance", "{\"by\": \"" + by + "\"}");
    }

    /** Moves the clock forward to a time in Seoul. */
    void advanceTo(String time) {
        Answer moved = post("/control/clock/advance", "{\"to\": \"" + inSeoul(time) + "\"}");
        if (moved.status() != 200) {
            throw new IllegalStateException("clock: " + moved.body() + " (expected: a time to come)");
        }
    }

    Instant now() {
        return Instant.parse(get("/control/clock").text("now"));
    }

    /** The webhooks about an order, as the delivery log has them. */
    JsonNode webhooks(String orderId) {
        return get("/control/webhooks?orderId=" + orderId).json();
    }

    /** What the sandbox is made of. */
    ApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
