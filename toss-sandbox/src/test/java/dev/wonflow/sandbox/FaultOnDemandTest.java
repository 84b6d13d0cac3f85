package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(180)
class FaultOnDemandTest {

    private static final String FAULT = "Wonflow-Sandbox-Fault";
    private static final String KEY = "Idempotency-Key";

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @AfterEach
    void disarm() {
        sandbox.send(sandbox.request("/control/faults").DELETE());
    }

    @Test
    void an_answer_lost_before_the_effect_leaves_everything_as_it_was_and_the_key_free() {
        String paymentKey = sandbox.authenticated(orderId);

        assertThatThrownBy(() -> sandbox.confirm(paymentKey, orderId, FAULT, "ANSWER_LOST_BEFORE_EFFECT", KEY, orderId))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(lastCall().path("status").asInt()).isZero();
        assertThat(lastCall().path("effect").asBoolean()).isFalse();
        assertThat(lastCall().path("answerLost").asBoolean()).isTrue();
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
        assertThat(sandbox.confirm(paymentKey, orderId, KEY, orderId).text("status"))
                .isEqualTo("DONE");
    }

    @Test
    void an_error_after_the_effect_hides_that_the_money_has_moved_and_is_replayed() {
        String paymentKey = sandbox.authenticated(orderId);

        Answer first = sandbox.confirm(paymentKey, orderId, FAULT, "ERROR_AFTER_EFFECT", KEY, orderId);

        assertThat(first.status()).isEqualTo(500);
        assertThat(first.text("code")).isEqualTo("FAILED_INTERNAL_SYSTEM_PROCESSING");
        assertThat(sandbox.confirm(paymentKey, orderId, KEY, orderId).body()).isEqualTo(first.body());
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("DONE");
        assertThat(sandbox.get("/control/calls?orderId=" + orderId)
                        .json()
                        .valueStream()
                        .filter(call -> call.path("status").asInt() == 500)
                        .map(call -> call.path("effect").asBoolean()))
                .containsExactly(true, false);
    }

    @Test
    void an_error_without_effect_stays_under_its_key_and_another_key_gets_through() {
        String paymentKey = sandbox.authenticated(orderId);
        String code = "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING";

        Answer first = sandbox.confirm(paymentKey, orderId, FAULT, "ERROR_WITHOUT_EFFECT;code=" + code, KEY, orderId);

        assertThat(first.text("code")).isEqualTo(code);
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
        assertThat(sandbox.confirm(paymentKey, orderId, KEY, orderId).body()).isEqualTo(first.body());
        assertThat(sandbox.confirm(paymentKey, orderId, KEY, orderId + "-2").text("status"))
                .isEqualTo("DONE");
    }

    @Test
    void a_500_frees_its_key_if_5xx_answers_are_not_stored() {
        try (RunningSandbox forgiving = RunningSandbox.start("wonflow.sandbox.assumptions.server-errors-kept=false")) {
            String withoutEffect = forgiving.authenticated(orderId);
            forgiving.confirm(withoutEffect, orderId, FAULT, "ERROR_WITHOUT_EFFECT", KEY, "one");
            String otherOrder = RunningSandbox.newOrderId();
            String afterEffect = forgiving.authenticated(otherOrder);
            forgiving.confirm(afterEffect, otherOrder, FAULT, "ERROR_AFTER_EFFECT", KEY, "two");

            assertThat(forgiving.confirm(withoutEffect, orderId, KEY, "one").text("status"))
                    .isEqualTo("DONE");
            assertThat(forgiving.confirm(afterEffect, otherOrder, KEY, "two").text("code"))
                    .isEqualTo("ALREADY_PROCESSED_PAYMENT");
        }
    }

    @ParameterizedTest
    @CsvSource({"SLOW_BEFORE_EFFECT, PT35S, IN_PROGRESS", "SLOW_AFTER_EFFECT, PT65S, DONE"})
    void a_slow_call_takes_its_time_on_the_sandbox_clock(String kind, String delay, String meanwhile) throws Exception {
        try (RunningSandbox slow = RunningSandbox.start();
                HttpClient http = HttpClient.newHttpClient()) {
            String paymentKey = slow.authenticated(orderId);
            // A client that has to connect first could be overtaken by the twin below.
            http.send(slow.toss("/v1/payments/" + paymentKey).build(), HttpResponse.BodyHandlers.discarding());
            CompletableFuture<HttpResponse<String>> confirm = http.sendAsync(
                    slow.toss("/v1/payments/confirm")
                            .header(FAULT, kind + ";delay=" + delay)
                            .header(KEY, orderId)
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    RunningSandbox.confirmOf(paymentKey, orderId, 33_000)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            // Its twin proves that it is under way, and stays so.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> slow.confirm(paymentKey, orderId, KEY, orderId)
                            .text("code")
                            .equals("IDEMPOTENT_REQUEST_PROCESSING"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> slow.payment(paymentKey).text("status").equals(meanwhile));
            slow.advance("PT20S");
            assertThat(confirm).isNotDone();

            slow.advance("PT50S");

            assertThat(confirm.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(slow.payment(paymentKey).text("status")).isEqualTo("DONE");
        }
    }

    @Test
    void a_stop_does_not_wait_for_slow_calls() throws Exception {
        CompletableFuture<HttpResponse<String>> confirm;
        long begin;
        try (HttpClient http = HttpClient.newHttpClient()) {
            try (RunningSandbox slow = RunningSandbox.start("spring.lifecycle.timeout-per-shutdown-phase=2m")) {
                String paymentKey = slow.authenticated(orderId);
                confirm = http.sendAsync(
                        slow.toss("/v1/payments/confirm")
                                .header(FAULT, "SLOW_BEFORE_EFFECT;delay=PT10M")
                                .header(KEY, orderId)
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        RunningSandbox.confirmOf(paymentKey, orderId, 33_000)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> slow.confirm(paymentKey, orderId, KEY, orderId)
                                .text("code")
                                .equals("IDEMPOTENT_REQUEST_PROCESSING"));
                begin = System.nanoTime();
            }
            // The server itself would wait two minutes for its call.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
            assertThat(confirm)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void a_confirm_beside_another_is_a_500_with_s008() {
        String paymentKey = sandbox.authenticated(orderId);

        Answer answer = sandbox.confirm(paymentKey, orderId, FAULT, "CONFIRM_ALREADY_RUNNING");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text("code")).isEqualTo("FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING");
        assertThat(answer.text("message")).startsWith("[S008] 기존");
        assertThat(sandbox.confirm(paymentKey, orderId, FAULT, "CONFIRM_ALREADY_RUNNING", "Accept-Language", "en-US")
                        .text("message"))
                .startsWith("[S008] An earlier");
        assertThat(sandbox.confirm(paymentKey, orderId).text("status")).isEqualTo("DONE");
    }

    @Test
    void a_cancel_can_be_refused_for_good_under_the_code_of_a_passing_failure() {
        String paymentKey = sandbox.authenticated(orderId);
        sandbox.confirm(paymentKey, orderId);
        arm("{\"kind\": \"CANCEL_REFUSED_FOR_GOOD\", \"orderId\": \"" + orderId + "\"}");

        Answer answer =
                sandbox.post("/v1/payments/" + paymentKey + "/cancel", "{\"cancelReason\": \"변심\"}", KEY, orderId);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text("code")).isEqualTo("FAILED_INTERNAL_SYSTEM_PROCESSING");
        assertThat(answer.text("message")).startsWith("[ES12] ");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("DONE");
    }

    @Test
    void an_answer_can_be_that_of_another_order() {
        String paymentKey = sandbox.authenticated(orderId);

        Answer answer = sandbox.confirm(paymentKey, orderId, FAULT, "ANSWER_OF_ANOTHER_ORDER");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("orderId")).isEqualTo("another-" + orderId);
        assertThat(answer.text("paymentKey")).isNotEqualTo(paymentKey);
        assertThat(answer.json().path("totalAmount").asInt()).isEqualTo(34_000);
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("DONE");
    }

    @Test
    void an_answer_can_have_fields_and_values_nobody_has_heard_of() {
        String paymentKey = sandbox.authenticated(orderId);

        JsonNode answer = sandbox.confirm(paymentKey, orderId, FAULT, "ANSWER_FROM_THE_FUTURE")
                .json();

        assertThat(answer.path("simulatorExtra").asBoolean()).isTrue();
        assertThat(answer.at("/card/simulatorExtra").asString()).isNotEmpty();
        assertThat(answer.path("type").asString()).isEqualTo("UNHEARD_OF");
        assertThat(answer.path("status").asString()).isEqualTo("DONE");
        assertThat(sandbox.payment(paymentKey).json().has("simulatorExtra")).isFalse();
    }

    @Test
    void a_provider_error_a_few_times_and_then_it_works() {
        String paymentKey = sandbox.authenticated(orderId);
        arm("{\"kind\": \"DECLINE\", \"operation\": \"confirm\", \"code\": \"PROVIDER_ERROR\", \"times\": 2}");

        assertThat(IntStream.range(0, 3).mapToObj(_ -> sandbox.confirm(paymentKey, orderId)))
                .extracting(Answer::status)
                .containsExactly(400, 400, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orderId", "paymentKey", "idempotencyKey"})
    void a_fault_can_be_armed_for_one_call_by_its_order_payment_or_key(String by) {
        String paymentKey = sandbox.authenticated(orderId);
        String otherOrder = RunningSandbox.newOrderId();
        String other = sandbox.authenticated(otherOrder);
        String value = switch (by) {
            case "orderId" -> orderId;
            case "paymentKey" -> paymentKey;
            default -> "key-of-" + orderId;
        };
        arm("{\"kind\": \"ERROR_WITHOUT_EFFECT\", \"operation\": \"confirm\", \"" + by + "\": \"" + value + "\"}");

        assertThat(sandbox.confirm(other, otherOrder, KEY, "key-of-" + otherOrder)
                        .status())
                .isEqualTo(200);
        assertThat(sandbox.confirm(paymentKey, orderId, KEY, "key-of-" + orderId)
                        .status())
                .isEqualTo(500);
    }

    @Test
    void any_operation_can_be_struck_whether_it_names_its_order_or_not() {
        String paymentKey = sandbox.authenticated(orderId);
        arm("{\"kind\": \"ERROR_WITHOUT_EFFECT\", \"orderId\": \"" + orderId + "\", \"times\": 4}");

        assertThat(List.of(
                        sandbox.payment(paymentKey),
                        sandbox.get("/v1/payments/orders/" + orderId),
                        sandbox.confirm(paymentKey, orderId),
                        sandbox.post("/v1/payments", RunningSandbox.sessionOf(orderId, 1_000))))
                .extracting(Answer::status)
                .containsOnly(500);
        assertThat(sandbox.payment(paymentKey).status()).isEqualTo(200);
        assertThat(lastCall().path("faults")).isEmpty();
    }

    @Test
    void a_call_that_is_refused_anyway_uses_up_no_fault_that_needs_its_effect() {
        String paymentKey = sandbox.authenticated(orderId);
        arm("{\"kind\": \"ERROR_AFTER_EFFECT\", \"operation\": \"confirm\"}");

        assertThat(sandbox.confirm(paymentKey, "another-order").status()).isEqualTo(400);

        assertThat(sandbox.confirm(paymentKey, orderId).status()).isEqualTo(500);
        assertThat(lastCall().path("faults").valueStream().map(JsonNode::stringValue))
                .containsExactly("ERROR_AFTER_EFFECT");
    }

    @Test
    void the_same_seed_strikes_the_same_calls_and_another_seed_others() {
        List<Integer> first = statuses(7);

        assertThat(first).contains(200, 500);
        assertThat(statuses(7)).isEqualTo(first);
        assertThat(statuses(8)).isNotEqualTo(first);
    }

    private List<Integer> statuses(long seed) {
        String paymentKey = sandbox.open(RunningSandbox.newOrderId());
        arm("{\"kind\": \"ERROR_WITHOUT_EFFECT\", \"operation\": \"inquiry\", \"paymentKey\": \"" + paymentKey
                + "\", \"probability\": 0.5, \"seed\": " + seed + ", \"times\": 1000}");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            statuses.add(sandbox.payment(paymentKey).status());
        }
        return statuses;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPLODE",
                "DECLINE;code=NO_SUCH_CODE",
                "SLOW_AFTER_EFFECT;delay=35",
                "SLOW_AFTER_EFFECT;delay=P2D",
                "ERROR_AFTER_EFFECT;code=REJECT_CARD_COMPANY",
                "WEBHOOK_NEVER;code=PROVIDER_ERROR",
                "DECLINE;probability=2",
                "DECLINE;probability=NaN",
                "DECLINE;times=0",
                "DECLINE;colour=red",
                "DECLINE;times=1;times=2",
                "DECLINE;eventType=DEPOSIT_CALLBACK",
                "CONFIRM_ALREADY_RUNNING;operation=cancel",
                "CANCEL_REFUSED_FOR_GOOD;operation=confirm",
                "DEPOSIT_REVERSED;operation=confirm",
                "DEPOSIT_REVERSED;idempotencyKey=some",
                ""
            })
    void a_header_that_makes_no_sense_is_told_what_was_expected(String header) {
        Answer answer = sandbox.confirm("any", orderId, FAULT, header);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).startsWith(FAULT).contains("expected");
    }

    @Test
    void there_is_a_limit_to_what_can_be_armed() {
        try (RunningSandbox small = RunningSandbox.start("wonflow.sandbox.fault.capacity=2")) {
            String fault = "{\"kind\": \"WEBHOOK_NEVER\"}";
            assertThat(small.post("/control/faults", fault).status()).isEqualTo(201);
            String id = small.post("/control/faults", fault).text("id");
            assertThat(small.post("/control/faults", fault).status()).isEqualTo(409);

            assertThat(small.send(small.request("/control/faults/" + id).DELETE())
                            .status())
                    .isEqualTo(204);
            assertThat(small.send(small.request("/control/faults/" + id).DELETE())
                            .status())
                    .isEqualTo(404);
            assertThat(small.get("/control/faults").json()).hasSize(1);
        }
    }

    @Test
    void profiles_are_listed_and_armed_by_their_names() {
        JsonNode profiles = sandbox.get("/control/fault-profiles").json();
        assertThat(profiles)
                .extracting(profile -> profile.path("name").asString())
                .contains("calm", "lost-answers", "slow-toss", "flaky", "webhook-chaos", "month-end")
                .allSatisfy(name -> assertThat(sandbox.post("/control/fault-profiles/" + name, "")
                                .status())
                        .isEqualTo(200));
        assertThat(profiles)
                .allSatisfy(profile ->
                        assertThat(profile.path("description").asString()).endsWith("."));

        sandbox.post("/control/fault-profiles/lost-answers", "");
        assertThat(sandbox.get("/control/faults").json())
                .extracting(fault -> fault.path("operation").asString())
                .containsExactly("confirm", "cancel", "billing-charge", "payouts");
        sandbox.post("/control/fault-profiles/calm", "");
        assertThat(sandbox.get("/control/faults").json()).isEmpty();
        assertThat(sandbox.post("/control/fault-profiles/storm", "").status()).isEqualTo(404);
    }

    @Test
    void a_sandbox_can_start_with_a_profile() {
        try (RunningSandbox silent = RunningSandbox.start("wonflow.sandbox.fault.profile=silent-toss")) {
            assertThat(silent.get("/control/faults").json())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.path("times").isNull()).isTrue());
        }
        assertThatThrownBy(() -> RunningSandbox.start("wonflow.sandbox.fault.profile=storm")
                        .close())
                .rootCause()
                .hasMessageContaining("wonflow.sandbox.fault.profile: storm (expected: one of [calm, ");
    }

    @Test
    void a_body_that_does_not_end_is_refused_everywhere() {
        String endless = "{\"kind\": \"" + "x".repeat(300_000) + "\"}";

        assertThat(sandbox.post("/control/faults", endless).text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(sandbox.post("/v1/payments/confirm", endless).text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(sandbox.post("/v1/payments/confirm", endless, FAULT, "ERROR_AFTER_EFFECT")
                        .text("code"))
                .isEqualTo("INVALID_REQUEST");
        try (RunningSandbox strict = RunningSandbox.start("wonflow.sandbox.exchange.longest-body=100B")) {
            assertThat(strict.post("/v1/payments", RunningSandbox.sessionOf(orderId, 1_000))
                            .text("code"))
                    .isEqualTo("INVALID_REQUEST");
        }
    }

    private void arm(String fault) {
        assertThat(sandbox.post("/control/faults", fault).status()).isEqualTo(201);
    }

    private JsonNode lastCall() {
        JsonNode calls = sandbox.get("/control/calls?orderId=" + orderId).json();
        return calls.path(calls.size() - 1);
    }
}
