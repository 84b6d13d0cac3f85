package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
            // An endpoint that is no longer registered is not called, whatever the file says.
            try (RunningSandbox sandbox = start()) {
                sandbox.advance("P5D");
                assertThat(sandbox.webhooks(orderId).at("/0/status").asString()).isEqualTo("FAILED");
                assertThat(receiver.received(orderId)).hasSize(4);
            }
        }
    }

    /** After a weekend the sandbox is often up before the receiver is. */
    @Test
    void retries_that_fell_into_a_pause_are_not_made_all_at_once() throws IOException {
        try (Receiver receiver = new Receiver()) {
            receiver.answer(orderId, 500);
            String address = "wonflow.sandbox.webhook-urls=" + receiver.url();
            try (RunningSandbox sandbox = start(address)) {
                sandbox.confirm(sandbox.authenticated(orderId), orderId);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> sandbox.webhooks(orderId).at("/0/attempts").size() == 1);
            }
            try (RunningSandbox sandbox = start(address, "wonflow.sandbox.clock.ahead=P4D")) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> sandbox.webhooks(orderId).at("/0/attempts").size() >= 2);
                JsonNode webhook = sandbox.webhooks(orderId).path(0);
                assertThat(Instant.parse(webhook.path("nextAttemptAt").asString()))
                        .isAfter(sandbox.now());
                receiver.answer(orderId, 200);
                sandbox.advance("PT4M");
                assertThat(sandbox.webhooks(orderId).at("/0/status").asString()).isEqualTo("SUCCEEDED");
                assertThat(sandbox.webhooks(orderId).at("/0/attempts")).hasSize(3);
            }
        }
    }

    @Test
    void a_profile_asked_for_at_a_start_is_armed_whatever_the_file_says() {
        try (RunningSandbox sandbox = start()) {
            sandbox.post("/control/faults", "{\"kind\": \"DECLINE\"}");
        }
        try (RunningSandbox sandbox = start("wonflow.sandbox.fault.profile=silent-toss")) {
            assertThat(sandbox.get("/control/faults").json())
                    .extracting(fault -> fault.path("kind").asString())
                    .containsExactly("WEBHOOK_NEVER");
        }
    }

    @Test
    void it_is_saved_while_the_sandbox_runs_and_only_its_owner_may_read_it() throws IOException {
        try (RunningSandbox sandbox = start("wonflow.sandbox.state-save-every=50ms")) {
            sandbox.open(orderId);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            Files.exists(file()) && Files.readString(file()).contains(orderId));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
            JsonNode root = RunningSandbox.json(Files.readString(file()));
            assertThat(root.path("version").asInt()).isEqualTo(2);
            assertThat(root.path("books").propertyNames())
                    .contains("payments", "idempotency", "webhooks", "calls", "faults");
            Object written = Files.getLastModifiedTime(file());
            // Nothing happens, so nothing is written.
            Awaitility.await()
                    .during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(30))
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
                "{\"version\": 1, \"books\": {}}",
                "{\"books\": {}, \"version\": 2}",
                "{\"version\": 2, \"at\": \"2026-01-01T00:00:00Z\", \"ahead\": \"PT0S\", \"books\": {}} {",
                "{\"version\": 2, \"at\": \"2026-01-01T00:00:00Z\", \"ahead\": \"PT0S\", \"books\": {",
                "{\"version\": 2, \"at\": \"2026-01-01T00:00:00Z\", \"ahead\": \"PT0S\", \"moods\": {}}",
                "{\"version\": 2, \"at\": \"noon\", \"ahead\": \"PT0S\", \"books\": {}}",
                "{\"version\": 2, \"at\": \"2026-01-01T00:00:00Z\", \"ahead\": \"PT0S\", \"books\": {\"dreams\": {}}}",
                "{\"version\": 2, \"at\": \"2026-01-01T00:00:00Z\", \"ahead\": \"PT0S\", \"books\": {\"calls\": {\"calls\": 7}}}"
            })
    void a_file_that_cannot_be_understood_stops_the_start_and_is_left_as_it_is(String content) throws IOException {
        Files.writeString(file(), content);

        assertThatThrownBy(() -> start().close())
                .hasStackTraceContaining("wonflow.sandbox.state-file: " + file())
                .hasStackTraceContaining("expected")
                .hasStackTraceContaining("The file is left as it is");

        assertThat(Files.readString(file())).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"payments\": {}}", "{\"webhooks\": {}}", "{\"transactions\": {}}"})
    void a_file_with_something_missing_stops_the_start_and_is_left_as_it_is(String books) throws IOException {
        String content =
                "{\"version\": 2, \"at\": \"2026-01-01T00:00:00Z\", \"ahead\": \"PT0S\", \"books\": " + books + "}";
        Files.writeString(file(), content);

        assertThatThrownBy(() -> start().close())
                .hasStackTraceContaining("wonflow.sandbox.state-file: " + file())
                .hasStackTraceContaining("The file is left as it is");

        assertThat(Files.readString(file())).isEqualTo(content);
    }

    @Test
    void a_crash_while_it_was_written_leaves_the_old_one_and_nothing_for_ever() throws IOException {
        try (RunningSandbox sandbox = start()) {
            sandbox.open(orderId);
        }
        Files.writeString(folder.resolve("state.json.new"), "{\"version\": 2, \"at");

        try (RunningSandbox sandbox = start()) {
            assertThat(sandbox.get("/v1/payments/orders/" + orderId).status()).isEqualTo(200);
            sandbox.open(RunningSandbox.newOrderId());
        }

        assertThat(folder.resolve("state.json.new")).doesNotExist();
        assertThat(RunningSandbox.json(Files.readString(file())).path("version").asInt())
                .isEqualTo(2);
    }

    @Test
    void a_disk_that_takes_nothing_does_not_stop_the_sandbox_and_is_tried_again() throws IOException {
        // Nobody can write a file where a folder with something in it is.
        Path inTheWay = Files.createDirectories(folder.resolve("state.json.new/full"));
        try (RunningSandbox sandbox = start("wonflow.sandbox.state-save-every=50ms")) {
            sandbox.confirm(sandbox.authenticated(orderId), orderId);
            Awaitility.await()
                    .during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            sandbox.get("/v1/payments/orders/" + orderId).status() == 200 && Files.notExists(file()));

            // In one step: the sandbox tries all the time.
            Files.move(inTheWay.getParent(), folder.resolve("away"));

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(file()));
        }
    }

    @Test
    void a_link_to_the_file_stays_a_link() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).resolve("real.json");
        try (RunningSandbox sandbox = RunningSandbox.start("wonflow.sandbox.state-file=" + elsewhere)) {
            sandbox.open(orderId);
        }
        Files.createSymbolicLink(file(), elsewhere);
        String second = RunningSandbox.newOrderId();
        try (RunningSandbox sandbox = start()) {
            assertThat(sandbox.get("/v1/payments/orders/" + orderId).status()).isEqualTo(200);
            sandbox.open(second);
        }

        assertThat(file()).isSymbolicLink();
        assertThat(Files.readString(elsewhere)).contains(second);
    }

    @Test
    void what_happened_last_is_written_although_a_call_hangs() throws IOException {
        try (Socket half = new Socket()) {
            try (RunningSandbox sandbox =
                    start("wonflow.sandbox.state-save-every=1h", "spring.lifecycle.timeout-per-shutdown-phase=1s")) {
                half.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), sandbox.port()));
                half.getOutputStream()
                        .write(("POST /v1/payments/confirm HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                        + RunningSandbox.basic(RunningSandbox.SECRET_KEY)
                                        + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
                                .getBytes(StandardCharsets.US_ASCII));
                sandbox.open(orderId);
            }
        }
        assertThat(Files.readString(file())).contains(orderId);
    }

    /** Each save waits for the calls under way; none of the others may wait with it. */
    @Test
    void a_client_that_sends_half_a_call_keeps_nobody_waiting_while_the_state_is_saved() throws IOException {
        try (RunningSandbox sandbox = start("wonflow.sandbox.state-save-every=10ms");
                Socket half = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
            half.getOutputStream()
                    .write(("POST /control/faults HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 100\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            long begin = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                assertThat(sandbox.get("/v1/payments/orders/" + orderId).status())
                        .isEqualTo(404);
            }
            // Kept out at each of two hundred calls it would be minutes, and kept out once until it gives up half of
            // one.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"WEBHOOK_BEFORE_ANSWER", "confirm-takes"})
    void a_call_that_waits_for_the_schedule_and_a_save_do_not_wait_for_each_other(String how) throws Exception {
        try (Receiver receiver = new Receiver();
                RunningSandbox sandbox = start(
                        "wonflow.sandbox.state-save-every=1ms",
                        "wonflow.sandbox.webhook-urls=" + receiver.url(),
                        "wonflow.sandbox.payment.confirm-takes=" + (how.equals("confirm-takes") ? "30ms" : "0s"))) {
            List<String> keys = new ArrayList<>();
            List<String> orders = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                orders.add(RunningSandbox.newOrderId());
                keys.add(sandbox.authenticated(orders.getLast()));
            }
            if (!how.equals("confirm-takes")) {
                sandbox.post("/control/faults", "{\"kind\": \"" + how + "\", \"times\": 1000}");
            }
            long begin = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                assertThat(sandbox.confirm(keys.get(i), orders.get(i)).text("status"))
                        .isEqualTo("DONE");
            }
            // Waiting for each other, they would give up after thirty seconds.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
        }
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
