package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class SnapshotTest {

    private static final String KEY = "Idempotency-Key";

    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void a_reset_puts_time_payments_kept_answers_calls_and_faults_back() {
        try (RunningSandbox sandbox = RunningSandbox.start()) {
            String paymentKey = sandbox.authenticated(orderId);
            sandbox.post("/control/faults", "{\"kind\": \"WEBHOOK_NEVER\", \"orderId\": \"nobody\"}");
            int calls = sandbox.get("/control/calls").json().size();
            Instant before = sandbox.now();
            String snapshot = take(sandbox);
            sandbox.confirm(paymentKey, orderId, KEY, orderId);
            sandbox.open(RunningSandbox.newOrderId());
            sandbox.send(sandbox.request("/control/faults").DELETE());
            sandbox.advance("P30D");

            assertThat(reset(sandbox, snapshot).status()).isEqualTo(200);

            assertThat(Duration.between(before, sandbox.now())).isBetween(Duration.ZERO, Duration.ofMinutes(4));
            assertThat(sandbox.get("/control/calls").json()).hasSize(calls);
            assertThat(sandbox.get("/control/faults").json()).hasSize(1);
            assertThat(sandbox.webhooks(orderId)).isEmpty();
            assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
            Answer again = sandbox.confirm(paymentKey, orderId, KEY, orderId);
            assertThat(again.text("status")).isEqualTo("DONE");
            assertThat(again.header("x-tosspayments-trace-id")).doesNotContain(",");
        }
    }

    @Test
    void deadlines_run_again_after_a_reset() {
        try (RunningSandbox sandbox = RunningSandbox.start()) {
            String paymentKey = sandbox.authenticated(orderId);
            String snapshot = take(sandbox);
            for (int i = 0; i < 2; i++) {
                sandbox.advance("PT9M");
                assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
                sandbox.advance("PT1M");
                assertThat(sandbox.webhooks(orderId)).hasSize(1);
                assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("EXPIRED");

                reset(sandbox, snapshot);
                assertThat(sandbox.webhooks(orderId)).isEmpty();
            }
        }
    }

    @Test
    void kept_answers_are_kept_as_long_as_if_nothing_had_happened() {
        try (RunningSandbox sandbox = RunningSandbox.start()) {
            String paymentKey = sandbox.authenticated(orderId);
            String body = sandbox.confirm(paymentKey, orderId, KEY, orderId).body();
            String snapshot = take(sandbox);
            sandbox.advance("P16D");
            reset(sandbox, snapshot);

            assertThat(sandbox.confirm(paymentKey, orderId, KEY, orderId).body())
                    .isEqualTo(body);
            sandbox.advance("P15D");
            assertThat(sandbox.confirm(paymentKey, orderId, KEY, orderId).text("code"))
                    .isEqualTo("ALREADY_PROCESSED_PAYMENT");
        }
    }

    @Test
    void the_ladder_of_a_webhook_is_climbed_again_from_where_it_was() throws IOException {
        try (Receiver receiver = new Receiver();
                RunningSandbox sandbox = RunningSandbox.start("wonflow.sandbox.webhook-urls=" + receiver.url())) {
            receiver.answer(orderId, 500);
            sandbox.confirm(sandbox.authenticated(orderId), orderId);
            sandbox.advance("PT1M");
            awaitAttempts(sandbox, 2);
            String snapshot = take(sandbox);
            sandbox.advance("P5D");
            assertThat(sandbox.webhooks(orderId).at("/0/status").asString()).isEqualTo("FAILED");

            reset(sandbox, snapshot);
            assertThat(sandbox.webhooks(orderId).at("/0/attempts")).hasSize(2);
            receiver.answer(orderId, 200);
            sandbox.advance("PT4M");

            assertThat(sandbox.webhooks(orderId).at("/0/status").asString()).isEqualTo("SUCCEEDED");
            assertThat(sandbox.webhooks(orderId)
                            .at("/0/attempts/2/retriedCount")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void an_attempt_under_way_during_a_reset_is_not_written_into_the_books_put_back() throws IOException {
        try (Receiver receiver = new Receiver();
                RunningSandbox sandbox = RunningSandbox.start(
                        "wonflow.sandbox.webhook-urls=" + receiver.url(), "wonflow.sandbox.webhook-timeout=1s")) {
            String snapshot = take(sandbox);
            receiver.answer(orderId, Receiver.SILENCE);
            sandbox.confirm(sandbox.authenticated(orderId), orderId);
            awaitReceived(receiver, 1);
            String during = take(sandbox);

            reset(sandbox, snapshot);
            assertThat(sandbox.webhooks(orderId)).isEmpty();
            receiver.answer(orderId, 200);
            reset(sandbox, during);

            // What was under way when the second snapshot was taken is sent again, and that alone counts.
            awaitReceived(receiver, 2);
            awaitAttempts(sandbox, 1);
            assertThat(sandbox.webhooks(orderId).at("/0/attempts/0/outcome").asString())
                    .isEqualTo("ACCEPTED");
            Awaitility.await()
                    .during(Duration.ofMillis(1500))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> sandbox.webhooks(orderId).at("/0/attempts").size() == 1);
        }
    }

    @Test
    void a_call_that_waits_during_a_reset_is_cut_off_and_leaves_no_trace() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                RunningSandbox sandbox = RunningSandbox.start()) {
            String paymentKey = sandbox.authenticated(orderId);
            String snapshot = take(sandbox);
            for (String kind : List.of("SLOW_BEFORE_EFFECT", "SLOW_AFTER_EFFECT")) {
                CompletableFuture<HttpResponse<String>> slow = http.sendAsync(
                        sandbox.toss("/v1/payments/confirm")
                                .header("Wonflow-Sandbox-Fault", kind)
                                .header(KEY, orderId)
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        RunningSandbox.confirmOf(paymentKey, orderId, 33_000)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> sandbox.confirm("any", orderId, KEY, orderId)
                                .text("code")
                                .equals("IDEMPOTENT_REQUEST_PROCESSING"));
                reset(sandbox, snapshot);

                assertThat(slow)
                        .failsWithin(Duration.ofSeconds(30))
                        .withThrowableThat()
                        .isInstanceOf(ExecutionException.class);
                assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
            }
            assertThat(sandbox.confirm(paymentKey, orderId, KEY, orderId).text("status"))
                    .isEqualTo("DONE");
        }
    }

    @Test
    void calls_clock_and_resets_at_once_leave_the_books_of_the_snapshot() throws Exception {
        try (RunningSandbox sandbox = RunningSandbox.start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> orders = new ArrayList<>();
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String order = RunningSandbox.newOrderId();
                orders.add(order);
                keys.add(sandbox.authenticated(order));
            }
            String snapshot = take(sandbox);
            AtomicBoolean over = new AtomicBoolean();
            List<Future<?>> busy = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                busy.add(threads.submit(() -> {
                    for (int i = 0; !over.get(); i = (i + 1) % orders.size()) {
                        assertThat(sandbox.confirm(keys.get(i), orders.get(i), KEY, orders.get(i))
                                        .status())
                                .isLessThan(500);
                    }
                }));
            }
            busy.add(threads.submit(() -> {
                while (!over.get()) {
                    sandbox.advance("PT2M");
                }
            }));
            for (int i = 0; i < 15; i++) {
                assertThat(reset(sandbox, snapshot).status()).isEqualTo(200);
            }
            over.set(true);
            for (Future<?> each : busy) {
                each.get();
            }

            reset(sandbox, snapshot);

            assertThat(keys)
                    .allSatisfy(key ->
                            assertThat(sandbox.payment(key).text("status")).isEqualTo("IN_PROGRESS"));
            assertThat(sandbox.get("/control/webhooks").json()).isEmpty();
        }
    }

    @Test
    void snapshots_are_listed_forgotten_and_limited() {
        try (RunningSandbox sandbox = RunningSandbox.start("wonflow.sandbox.snapshot.capacity=2")) {
            String first = take(sandbox);
            // However its address is spelled, it does not wait for itself.
            assertThat(sandbox.post("/control/%73napshots", "").status()).isEqualTo(201);
            assertThat(sandbox.post("/control/snapshots", "").status()).isEqualTo(409);
            assertThat(sandbox.get("/control/snapshots").json())
                    .hasSize(2)
                    .allSatisfy(snapshot ->
                            assertThat(snapshot.path("at").asString()).isNotEmpty());

            assertThat(sandbox.send(sandbox.request("/control/snapshots/" + first)
                                    .DELETE())
                            .status())
                    .isEqualTo(204);

            assertThat(reset(sandbox, first).status()).isEqualTo(404);
            assertThat(sandbox.get("/control/snapshots").json()).hasSize(1);
        }
    }

    private static String take(RunningSandbox sandbox) {
        Answer taken = sandbox.post("/control/snapshots", "");
        assertThat(taken.status()).isEqualTo(201);
        return taken.text("id");
    }

    private static Answer reset(RunningSandbox sandbox, String snapshot) {
        return sandbox.post("/control/snapshots/" + snapshot + "/reset", "");
    }

    private void awaitReceived(Receiver receiver, int number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> receiver.received(orderId).size() >= number);
    }

    private void awaitAttempts(RunningSandbox sandbox, int number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> sandbox.webhooks(orderId).at("/0/attempts").size() == number);
    }
}
