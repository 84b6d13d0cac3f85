package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import org.junit.jupiter.api.Test;

class LimitTest {

    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void beyond_the_limit_of_a_minute_a_call_is_429_by_operation_and_key() {
        try (RunningSandbox sandbox = RunningSandbox.start("wonflow.sandbox.limit.per-minute=3")) {
            for (int i = 0; i < 3; i++) {
                assertThat(sandbox.payment("nobody-" + i).status()).isEqualTo(404);
            }

            Answer refused = sandbox.payment("nobody");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.text("code")).isEqualTo("TOO_MANY_REQUESTS");
            assertThat(sandbox.post("/v1/payments", RunningSandbox.sessionOf(orderId, 10_000))
                            .status())
                    .isEqualTo(200);
            assertThat(sandbox.send(sandbox.request("/v1/payments/nobody")
                                    .header("Authorization", RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY)))
                            .status())
                    .isEqualTo(404);

            sandbox.advance("PT1M");
            assertThat(sandbox.payment("nobody").status()).isEqualTo(404);
        }
    }

    @Test
    void a_refusal_for_the_limit_is_not_kept_under_a_key() {
        try (RunningSandbox sandbox = RunningSandbox.start("wonflow.sandbox.limit.per-minute=1")) {
            Till till = new Till(sandbox);
            String paymentKey = till.done(orderId, 10_000);
            sandbox.post("/v1/payments/nobody/cancel", "{\"cancelReason\": \"x\"}");

            String[] key = {"Idempotency-Key", orderId};
            assertThat(till.cancel(paymentKey, "{\"cancelReason\": \"x\"}", key).status())
                    .isEqualTo(429);
            sandbox.advance("PT1M");
            assertThat(till.cancel(paymentKey, "{\"cancelReason\": \"x\"}", key).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void the_same_inquiry_or_cancel_in_a_row_is_forbidden_for_a_while() {
        try (RunningSandbox sandbox = RunningSandbox.start("wonflow.sandbox.limit.same-call-within=5s")) {
            Till till = new Till(sandbox);
            String paymentKey = till.done(orderId, 10_000);
            assertThat(sandbox.payment(paymentKey).status()).isEqualTo(200);

            Answer again = sandbox.payment(paymentKey);
            assertThat(again.status()).isEqualTo(403);
            assertThat(again.text("code")).isEqualTo("FORBIDDEN_CONSECUTIVE_REQUEST");
            assertThat(sandbox.get("/v1/payments/orders/" + orderId).status()).isEqualTo(200);

            assertThat(till.cancelBecause(paymentKey, "\"cancelAmount\": 1").status())
                    .isEqualTo(200);
            assertThat(till.cancelBecause(paymentKey, "\"cancelAmount\": 1").text("code"))
                    .isEqualTo("FORBIDDEN_CONSECUTIVE_REQUEST");

            sandbox.advance("PT5S");
            assertThat(sandbox.payment(paymentKey).status()).isEqualTo(200);
        }
    }

    @Test
    void calls_of_a_time_that_was_put_back_do_not_count() {
        try (RunningSandbox sandbox = RunningSandbox.start(
                "wonflow.sandbox.limit.per-minute=1", "wonflow.sandbox.limit.same-call-within=1h")) {
            String snapshot = sandbox.post("/control/snapshots", "").text("id");
            sandbox.advance("P1D");
            assertThat(sandbox.payment("nobody").status()).isEqualTo(404);

            sandbox.post("/control/snapshots/" + snapshot + "/reset", "");

            assertThat(sandbox.payment("nobody").status()).isEqualTo(404);
            assertThat(sandbox.payment("nobody").status()).isEqualTo(429);
        }
    }

    @Test
    void as_shipped_nobody_is_stopped() {
        for (int i = 0; i < 150; i++) {
            assertThat(RunningSandbox.shared().payment("nobody").status()).isEqualTo(404);
        }
    }
}
