package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void a_payment_is_opened_authenticated_confirmed_and_found() {
        Answer opened = sandbox.post("/v1/payments", RunningSandbox.sessionOf(orderId, 33_000));
        String paymentKey = opened.text("paymentKey");
        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.text("status")).isEqualTo("READY");
        assertThat(opened.json().at("/checkout/url").asString()).isEqualTo(sandbox.base() + "/window/" + paymentKey);

        sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{}");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");

        Answer confirmed = sandbox.confirm(paymentKey, orderId);
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.text("status")).isEqualTo("DONE");
        assertThat(sandbox.payment(paymentKey).body()).isEqualTo(confirmed.body());
        assertThat(sandbox.get("/v1/payments/orders/" + orderId).body()).isEqualTo(confirmed.body());
    }

    @Test
    void an_amount_as_a_numeric_string_is_accepted() {
        String paymentKey = sandbox.authenticated(orderId);

        Answer confirmed = sandbox.post(
                "/v1/payments/confirm",
                "{\"paymentKey\": \"" + paymentKey + "\", \"orderId\": \"" + orderId + "\", \"amount\": \"33000\"}");

        assertThat(confirmed.text("status")).isEqualTo("DONE");
    }

    @Test
    void a_second_confirm_without_a_key_is_told_that_it_happened() {
        String paymentKey = sandbox.authenticated(orderId);
        sandbox.confirm(paymentKey, orderId);

        Answer second = sandbox.confirm(paymentKey, orderId);

        assertThat(second.status()).isEqualTo(400);
        assertThat(second.text("code")).isEqualTo("ALREADY_PROCESSED_PAYMENT");
    }

    @Test
    void of_many_confirms_at_once_exactly_one_has_an_effect() throws Exception {
        String paymentKey = sandbox.authenticated(orderId);
        Callable<Integer> confirm = () -> sandbox.confirm(paymentKey, orderId).status();

        List<Future<Integer>> answers;
        try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = buyers.invokeAll(Stream.generate(() -> confirm).limit(20).toList());
        }

        assertThat(answers.stream().map(Future::resultNow).filter(status -> status == 200))
                .hasSize(1);
        assertThat(sandbox.get("/control/calls?orderId=" + orderId).json())
                .filteredOn(call -> call.path("path").asString().endsWith("/confirm")
                        && call.path("effect").asBoolean())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {32_999, 33_001, 0, -33_000})
    void another_amount_than_the_session_has_is_refused_and_changes_nothing(long amount) {
        String paymentKey = sandbox.authenticated(orderId);

        Answer refused = sandbox.post("/v1/payments/confirm", RunningSandbox.confirmOf(paymentKey, orderId, amount));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
    }

    @Test
    void another_order_than_the_session_has_is_refused() {
        String paymentKey = sandbox.authenticated(orderId);

        assertThat(sandbox.confirm(paymentKey, "another-order").text("code")).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void a_payment_nobody_opened_does_not_exist() {
        Answer refused = sandbox.confirm("tviva20260301101530aB3x9", orderId);

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text("code")).isEqualTo("NOT_FOUND_PAYMENT");
        assertThat(sandbox.payment("tviva20260301101530aB3x9").text("code")).isEqualTo("NOT_FOUND_PAYMENT");
        assertThat(sandbox.get("/v1/payments/orders/" + orderId).text("code")).isEqualTo("NOT_FOUND_PAYMENT");
    }

    @Test
    void a_payment_the_buyer_has_not_authenticated_cannot_be_confirmed() {
        String paymentKey = sandbox.open(orderId);

        assertThat(sandbox.confirm(paymentKey, orderId).text("code")).isEqualTo("NOT_FOUND_PAYMENT_SESSION");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("READY");
    }

    @Test
    void a_payment_is_confirmed_with_the_keys_it_was_opened_with() {
        String paymentKey = sandbox.authenticated(orderId);

        Answer widget = sandbox.confirm(
                paymentKey, orderId, "Authorization", RunningSandbox.basic(RunningSandbox.WIDGET_SECRET_KEY));
        assertThat(widget.status()).isEqualTo(400);
        assertThat(widget.text("code")).isEqualTo("INVALID_API_KEY");

        Answer other = sandbox.confirm(
                paymentKey, orderId, "Authorization", RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY));
        assertThat(other.text("code")).isEqualTo("INVALID_API_KEY");
    }

    @Test
    void another_merchant_cannot_see_a_payment() {
        String paymentKey = sandbox.authenticated(orderId);

        Answer byKey = sandbox.send(sandbox.request("/v1/payments/" + paymentKey)
                .header("Authorization", RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY)));
        Answer byOrder = sandbox.send(sandbox.request("/v1/payments/orders/" + orderId)
                .header("Authorization", RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY)));

        assertThat(byKey.text("code")).isEqualTo("NOT_FOUND_PAYMENT");
        assertThat(byOrder.text("code")).isEqualTo("NOT_FOUND_PAYMENT");
    }

    @Test
    void an_order_is_found_under_its_own_path_only() {
        sandbox.open(orderId);

        assertThat(sandbox.get("/v1/payments/" + orderId).text("code")).isEqualTo("NOT_FOUND_PAYMENT");
    }

    @Test
    void of_several_payments_of_an_order_the_done_one_is_found_and_otherwise_the_newest() {
        String first = sandbox.authenticated(orderId);
        String second = sandbox.open(orderId);
        assertThat(sandbox.get("/v1/payments/orders/" + orderId).text("paymentKey"))
                .isEqualTo(second);

        sandbox.confirm(first, orderId);

        assertThat(sandbox.get("/v1/payments/orders/" + orderId).text("paymentKey"))
                .isEqualTo(first);
    }

    @Test
    void the_older_path_with_the_key_in_it_confirms_too() {
        String paymentKey = sandbox.authenticated(orderId);
        String body = "{\"orderId\": \"" + orderId + "\", \"amount\": 33000}";

        Answer confirmed = sandbox.post("/v1/payments/" + paymentKey, body, "Idempotency-Key", orderId);

        assertThat(confirmed.text("status")).as(confirmed.body()).isEqualTo("DONE");
        assertThat(confirmed.text("paymentKey")).isEqualTo(paymentKey);
        assertThat(sandbox.post("/v1/payments/" + paymentKey, body, "Idempotency-Key", orderId)
                        .body())
                .isEqualTo(confirmed.body());
        assertThat(sandbox.post("/v1/payments/" + paymentKey, body).text("code"))
                .isEqualTo("ALREADY_PROCESSED_PAYMENT");
        assertThat(sandbox.get("/control/calls?orderId=" + orderId).json())
                .filteredOn(call -> call.path("effect").asBoolean())
                .extracting(call -> call.path("paymentKey").asString())
                .containsExactly(paymentKey, paymentKey);
    }

    @Test
    void by_the_older_path_only_what_was_opened_is_confirmed() {
        String paymentKey = sandbox.authenticated(orderId);

        assertThat(sandbox.post("/v1/payments/nobody", "{\"orderId\": \"" + orderId + "\", \"amount\": 33000}")
                        .text("code"))
                .isEqualTo("NOT_FOUND_PAYMENT");
        assertThat(sandbox.post("/v1/payments/" + paymentKey, "{\"orderId\": \"" + orderId + "\", \"amount\": 1}")
                        .text("code"))
                .isEqualTo("INVALID_REQUEST");
        assertThat(sandbox.post("/v1/payments/" + paymentKey, "{}").text("code"))
                .isEqualTo("INVALID_REQUEST");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
    }

    @Test
    void a_fault_of_a_confirm_strikes_it_on_the_older_path_as_well() {
        String paymentKey = sandbox.authenticated(orderId);
        sandbox.post(
                "/control/faults",
                "{\"operation\": \"confirm\", \"kind\": \"ERROR_WITHOUT_EFFECT\", \"paymentKey\": \"" + paymentKey
                        + "\"}");

        Answer struck =
                sandbox.post("/v1/payments/" + paymentKey, "{\"orderId\": \"" + orderId + "\", \"amount\": 33000}");

        assertThat(struck.status()).isEqualTo(500);
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
    }

    @Test
    void the_older_path_can_be_switched_off() {
        try (RunningSandbox other = RunningSandbox.start("wonflow.sandbox.assumptions.confirm-by-older-path=false")) {
            String paymentKey = other.authenticated(orderId);

            Answer refused =
                    other.post("/v1/payments/" + paymentKey, "{\"orderId\": \"" + orderId + "\", \"amount\": 33000}");

            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.text("code")).isEqualTo("NOT_FOUND_HTTP_METHOD");
            assertThat(other.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
        }
    }

    @Test
    void a_virtual_account_waits_for_its_deposit() {
        String paymentKey = sandbox.open(orderId);
        sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{\"method\": \"가상계좌\"}");

        Answer issued = sandbox.confirm(paymentKey, orderId);
        assertThat(issued.status()).isEqualTo(200);
        assertThat(issued.text("status")).isEqualTo("WAITING_FOR_DEPOSIT");
        assertThat(issued.json().path("approvedAt").isNull()).isTrue();
        assertThat(issued.json().path("card").isNull()).isTrue();
        assertThat(issued.json().at("/virtualAccount/accountNumber").asString()).matches("X[0-9]{13}");

        Answer deposited = sandbox.post("/control/payments/" + paymentKey + "/deposit", "");
        assertThat(deposited.text("status")).isEqualTo("DONE");
        assertThat(deposited.json().path("approvedAt").isNull()).isFalse();
        assertThat(sandbox.post("/control/payments/" + paymentKey + "/deposit", "")
                        .status())
                .isEqualTo(409);
    }
}
