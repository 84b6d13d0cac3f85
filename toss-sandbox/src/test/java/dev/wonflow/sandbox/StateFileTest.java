package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(180)
class StateFileTest {

    private static final String KEY = "Idempotency-Key";

    private final String orderId = RunningSandbox.newOrderId();

    @TempDir
    private Path folder;

    @Test
    void after_a_restart_billing_keys_and_sellers_are_there() {
        String billingKey;
        String sellers;
        try (RunningSandbox sandbox = start()) {
            billingKey = sandbox.post("/v1/billing/authorizations/card", """
                    {"customerKey": "customer-of-a-file", "cardNumber": "9410001234567890", "cardExpirationYear": "40",
                     "cardExpirationMonth": "12", "customerIdentityNumber": "900101"}
                    """).text("billingKey");
            sandbox.post("/v2/sellers", """
                    {"refSellerId": "seller-of-a-file", "businessType": "INDIVIDUAL",
                     "individual": {"name": "이데모", "email": "a@example.com", "phone": "01000000000"},
                     "account": {"bankCode": "092", "accountNumber": "1000000000001", "holderName": "이데모"}}
                    """);
            sellers = sandbox.get("/v2/sellers").json().at("/entityBody").toString();
        }
        try (RunningSandbox sandbox = start()) {
            assertThat(sandbox.post("/v1/billing/" + billingKey, """
                    {"customerKey": "customer-of-a-file", "amount": 9900, "orderId": "%s", "orderName": "구독"}
                    """.formatted(orderId))
                            .text("status"))
                    .isEqualTo("DONE");
            assertThat(sellers).contains("seller-of-a-file");
            assertThat(sandbox.get("/v2/sellers").json().at("/entityBody").toString())
                    .isEqualTo(sellers);
        }
    }

    @Test
    void after_a_restart_time_payments_deadlines_and_kept_answers_go_on() {
        String late = RunningSandbox.newOrderId();
        String paymentKey;
        String lateKey;
        String body;
        String found;
        Instant stopped;
        try (RunningSandbox sandbox = start()) {
            paymentKey = sandbox.authenticated(orderId);
            body = sandbox.confirm(paymentKey, orderId, KEY, orderId).body();
            sandbox.advance("P3D");
            found = sandbox.payment(paymentKey).body();
            lateKey = sandbox.authenticated(late);
            sandbox.advance("PT5M");
            sandbox.post("/control/faults", "{\"kind\": \"WEBHOOK_NEVER\", \"times\": 7, \"delay\": \"PT1S\"}");
            stopped = sandbox.now();
        }
        try (RunningSandbox sandbox = start()) {
            assertThat(Duration.between(stopped, sandbox.now())).isBetween(Duration.ZERO, Duration.ofMinutes(4));
            assertThat(sandbox.confirm(paymentKey, orderId, KEY, orderId).body())
                    .isEqualTo(body);
            assertThat(sandbox.payment(paymentKey).body()).isEqualTo(found);
            assertThat(sandbox.payment(lateKey).text("status")).isEqualTo("IN_PROGRESS");
            assertThat(sandbox.get("/control/faults").json().at("/0/times").asInt())
                    .isEqualTo(7);
            assertThat(sandbox.get("/control/calls?orderId=" + orderId).json()).isNotEmpty();
            sandbox.advance("PT5M");
            assertThat(sandbox.webhooks(late)).hasSize(1);
            assertThat(sandbox.payment(lateKey).text("status")).isEqualTo("EXPIRED");
        }
    }

    @Test
    void after_a_restart_the_ladder_of_a_webhook_goes_on() throws IOException {
        try (Receiver receiver = new Receiver()) {
            receiver.answer(orderId, 500);
            String address = "wonflow.sandbox.webhook-urls=" + receiver.url();
            try (RunningSandbox sandbox = start(address)) {
                sandbox.confirm(sandbox.authenticated(orderId), orderId);
                sandbox.advance("PT5M");
                assertThat(sandbox.webhooks(orderId).at("/0/attempts")).hasSize(3);
            }
            try (RunningSandbox sandbox = start(address)) {
                assertThat(sandbox.webhooks(orderId).at("/0/attempts")).hasSize(3);
                sandbox.advance("PT16M");
                assertThat(sandbox.webhooks(orderId).at("/0/attempts")).hasSize(4);
                assertThat(receiver.received(orderId)
                                .getLast()
                                .header("tosspayments-webhook-transmission-retried-count"))
                        .isEqualTo("3");
            }
            // Whoever is no longer registered is not called, whatever the file says.
            try (RunningSandbox sandbox = start()) {
                sandbox.advance("P5D");
                assertThat(sandbox.webhooks(orderId).at("/0/status").asString()).isEqualTo("FAILED");
                assertThat(receiver.received(orderId)).hasSize(4);
            }
        }
    }

    @Test
    void it_is_saved_while_the_sandbox_runs_and_only_its_owner_may_read_it() throws IOException {
        try (RunningSandbox sandbox = start("wonflow.sandbox.state-save-every=50ms")) {
            sandbox.open(orderId);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() ->
                            Files.exists(file()) && Files.readString(file()).contains(orderId));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
            JsonNode root = RunningSandbox.json(Files.readString(file()));
            assertThat(root.path("version").asInt()).isEqualTo(1);
            assertThat(root.path("books").propertyNames())
                    .contains("payments", "idempotency", "webhooks", "calls", "faults");
            Object written = Files.getLastModifiedTime(file());
            // Nothing happens, so nothing is written.
            Awaitility.await()
                    .during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> Files.getLastModifiedTime(file()).equals(written));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactlyInAnyOrder("state.json", "state.json.lock");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"version\": 2, \"books\": {}}",
                "{\"books\": {}, \"version\": 1}",
                "{\"version\": 1, \"at\": \"2026-01-01T00:00:00Z\", \"ahead\": \"PT0S\", \"books\": {}} {",
                "{\"version\": 1, \"at\": \"2026-01-01T00:00:00Z\", \"ahead\": \"PT0S\", \"books\": {",
                "{\"version\": 1, \"at\": \"2026-01-01T00:00:00Z\", \"ahead\": \"PT0S\", \"moods\": {}}",
                "{\"version\": 1, \"at\": \"noon\", \"ahead\": \"PT0S\", \"books\": {}}",
                "{\"version\": 1, \"at\": \"2026-01-01T00:00:00Z\", \"ahead\": \"PT0S\", \"books\": {\"dreams\": {}}}",
                "{\"version\": 1, \"at\": \"2026-01-01T00:00:00Z\", \"ahead\": \"PT0S\", \"books\": {\"calls\": {\"calls\": 7}}}"
            })
    void a_file_that_cannot_be_understood_stops_the_start_and_is_left_as_it_is(String content) throws IOException {
        Files.writeString(file(), content);

        assertThatThrownBy(() -> start().close())
                .hasStackTraceContaining("wonflow.sandbox.state-file: " + file())
                .hasStackTraceContaining("expected")
                .hasStackTraceContaining("The file is left as it is");

        assertThat(Files.readString(file())).isEqualTo(content);
    }

    @Test
    void two_sandboxes_cannot_use_one_file() {
        try (RunningSandbox first = start()) {
            first.open(orderId);

            assertThatThrownBy(() -> start().close()).hasStackTraceContaining("expected: a file no other sandbox uses");
        }
        try (RunningSandbox next = start()) {
            assertThat(next.get("/v1/payments/orders/" + orderId).status()).isEqualTo(200);
        }
    }

    private Path file() {
        return folder.resolve("state.json");
    }

    private RunningSandbox start(String... settings) {
        return RunningSandbox.start(
                Stream.concat(Stream.of("wonflow.sandbox.state-file=" + file()), Stream.of(settings))
                        .toArray(String[]::new));
    }
}
