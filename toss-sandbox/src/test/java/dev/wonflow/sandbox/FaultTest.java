package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @AfterEach
    void disarm() {
        sandbox.send(sandbox.request("/control/faults").DELETE());
    }

    @Test
    void an_answer_lost_after_the_effect_ends_the_connection_and_the_money_has_moved() {
        String paymentKey = sandbox.authenticated(orderId);
        arm("{\"operation\": \"confirm\", \"kind\": \"ANSWER_LOST_AFTER_EFFECT\", \"orderId\": \"" + orderId + "\"}");

        assertThatThrownBy(() -> sandbox.confirm(paymentKey, orderId, "Idempotency-Key", orderId))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .isInstanceOf(IOException.class);

        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("DONE");
        Answer again = sandbox.confirm(paymentKey, orderId, "Idempotency-Key", orderId);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(sandbox.payment(paymentKey).body());
        assertThat(sandbox.get("/control/calls?orderId=" + orderId).json())
                .filteredOn(call -> call.path("path").asString().endsWith("/confirm"))
                .extracting(
                        call -> call.path("effect").asBoolean(),
                        call -> call.path("replay").asBoolean(),
                        call -> call.path("answerLost").asBoolean())
                .containsExactly(tuple(true, false, true), tuple(false, true, false));
    }

    @Test
    void a_decline_ends_the_payment_and_is_announced() {
        String paymentKey = sandbox.authenticated(orderId);
        arm("{\"operation\": \"confirm\", \"kind\": \"DECLINE\", \"code\": \"REJECT_CARD_PAYMENT\", \"orderId\": \""
                + orderId + "\"}");

        Answer declined = sandbox.confirm(paymentKey, orderId);

        assertThat(declined.status()).isEqualTo(403);
        assertThat(declined.text("code")).isEqualTo("REJECT_CARD_PAYMENT");
        Answer payment = sandbox.payment(paymentKey);
        assertThat(payment.text("status")).isEqualTo("ABORTED");
        assertThat(payment.json().at("/failure/code").asString()).isEqualTo("REJECT_CARD_PAYMENT");
        assertThat(payment.json().path("balanceAmount").asInt()).isEqualTo(33_000);
        assertThat(sandbox.webhooks(orderId))
                .singleElement()
                .satisfies(
                        webhook -> assertThat(webhook.path("body").asString()).contains("\"status\":\"ABORTED\""));
        assertThat(sandbox.confirm(paymentKey, orderId).text("code")).isEqualTo("ALREADY_PROCESSED_PAYMENT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROVIDER_ERROR",
                "CARD_PROCESSING_ERROR",
                "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING",
                "UNKNOWN_PAYMENT_ERROR"
            })
    void an_unclear_refusal_leaves_the_payment_to_be_confirmed_again(String code) {
        String paymentKey = sandbox.authenticated(orderId);
        arm("{\"operation\": \"confirm\", \"kind\": \"DECLINE\", \"code\": \"" + code + "\"}");

        assertThat(sandbox.confirm(paymentKey, orderId).text("code")).isEqualTo(code);
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
        assertThat(sandbox.webhooks(orderId)).isEmpty();
        assertThat(sandbox.confirm(paymentKey, orderId).text("status")).isEqualTo("DONE");
    }

    @Test
    void a_fault_strikes_its_order_only_and_as_often_as_armed() {
        String struck = sandbox.authenticated(orderId);
        String otherOrder = RunningSandbox.newOrderId();
        String spared = sandbox.authenticated(otherOrder);
        arm("{\"operation\": \"confirm\", \"kind\": \"DECLINE\", \"code\": \"PROVIDER_ERROR\", \"orderId\": \""
                + orderId + "\", \"times\": 2}");

        assertThat(sandbox.confirm(spared, otherOrder).status()).isEqualTo(200);
        assertThat(sandbox.get("/control/faults").json().at("/0/times").asInt()).isEqualTo(2);
        assertThat(sandbox.confirm(struck, orderId).status()).isEqualTo(400);
        assertThat(sandbox.confirm(struck, orderId).status()).isEqualTo(400);
        assertThat(sandbox.get("/control/faults").json()).isEmpty();
        assertThat(sandbox.confirm(struck, orderId).status()).isEqualTo(200);
    }

    @Test
    void a_replay_uses_up_no_fault() {
        String paymentKey = sandbox.authenticated(orderId);
        sandbox.confirm(paymentKey, orderId, "Idempotency-Key", orderId);
        arm("{\"operation\": \"confirm\", \"kind\": \"ANSWER_LOST_AFTER_EFFECT\"}");

        assertThat(sandbox.confirm(paymentKey, orderId, "Idempotency-Key", orderId)
                        .status())
                .isEqualTo(200);

        assertThat(sandbox.get("/control/faults").json()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"operation\": \"confirm\"}",
                "{\"operation\": \"refund\", \"kind\": \"DECLINE\"}",
                "{\"operation\": \"confirm\", \"kind\": \"EXPLODE\"}",
                "{\"operation\": \"confirm\", \"kind\": \"DECLINE\", \"code\": \"NO_SUCH_CODE\"}",
                "{\"operation\": \"confirm\", \"kind\": \"DECLINE\", \"times\": 0}"
            })
    void a_fault_that_makes_no_sense_is_not_armed(String fault) {
        Answer answer = sandbox.post("/control/faults", fault);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains("expected");
        assertThat(sandbox.get("/control/faults").json()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "400 PROVIDER_ERROR",
                "403 REJECT_CARD_COMPANY",
                "404 NOT_FOUND_PAYMENT_SESSION",
                "409 IDEMPOTENT_REQUEST_PROCESSING",
                "500 FAILED_INTERNAL_SYSTEM_PROCESSING"
            })
    void a_test_code_comes_before_everything_but_the_keys_and_changes_nothing(String expected) {
        String code = expected.substring(4);
        Answer answer = sandbox.confirm("any", orderId, "TossPayments-Test-Code", code);
        assertThat(answer.status() + " " + answer.text("code")).isEqualTo(expected);

        String paymentKey = sandbox.authenticated(orderId);
        sandbox.confirm(paymentKey, orderId, "TossPayments-Test-Code", code, "Idempotency-Key", orderId);
        assertThat(sandbox.confirm(paymentKey, orderId, "Idempotency-Key", orderId)
                        .text("status"))
                .isEqualTo("DONE");
    }

    @Test
    void a_test_code_toss_does_not_have_is_invalid() {
        Answer answer = sandbox.confirm("any", orderId, "TossPayments-Test-Code", "NO_SUCH_CODE");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo("INVALID_TEST_CODE");
    }

    private void arm(String fault) {
        assertThat(sandbox.post("/control/faults", fault).status()).isEqualTo(201);
    }
}
