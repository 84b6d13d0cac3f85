package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExpiryTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void a_confirm_within_ten_minutes_is_in_time() {
        String paymentKey = sandbox.authenticated(orderId);

        sandbox.advance("PT9M50S");

        assertThat(sandbox.confirm(paymentKey, orderId).text("status")).isEqualTo("DONE");
    }

    @Test
    void a_confirm_after_ten_minutes_finds_no_session_and_the_payment_is_expired() {
        String paymentKey = sandbox.authenticated(orderId);

        sandbox.advance("PT10M1S");

        Answer late = sandbox.confirm(paymentKey, orderId);
        assertThat(late.status()).isEqualTo(404);
        assertThat(late.text("code")).isEqualTo("NOT_FOUND_PAYMENT_SESSION");
        JsonNode payment = sandbox.payment(paymentKey).json();
        assertThat(payment.path("status").asString()).isEqualTo("EXPIRED");
        assertThat(payment.at("/failure/code").asString()).isEqualTo("EXPIRED_PAYMENT");
        for (String unset : new String[] {
            "method", "approvedAt", "useEscrow", "lastTransactionKey", "transactionKey", "secret", "receipt", "card"
        }) {
            assertThat(payment.has(unset)).as(unset).isTrue();
            assertThat(payment.path(unset).isNull()).as(unset).isTrue();
        }
        assertThat(payment.has("easyPayAmount")).isFalse();
        assertThat(payment.path("balanceAmount").asInt()).isEqualTo(33_000);
    }

    @Test
    void a_buyer_has_thirty_minutes_in_the_window() {
        String inTime = sandbox.open(orderId);
        sandbox.advance("PT29M50S");
        assertThat(sandbox.post("/control/payments/" + inTime + "/authenticate", "{}")
                        .status())
                .isEqualTo(200);

        String late = sandbox.open(orderId);
        sandbox.advance("PT30M");
        assertThat(sandbox.payment(late).text("status")).isEqualTo("EXPIRED");
        assertThat(sandbox.post("/control/payments/" + late + "/authenticate", "{}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void an_expired_payment_is_announced_at_the_moment_it_expired() {
        sandbox.authenticated(orderId);

        sandbox.advance("PT24H");

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(RunningSandbox.sharedReceiver().received(orderId))
                        .singleElement()
                        .satisfies(webhook -> {
                            JsonNode data = webhook.json().path("data");
                            assertThat(data.path("status").asString()).isEqualTo("EXPIRED");
                            assertThat(data.path("secret").isNull()).isTrue();
                        }));
        Duration late = Duration.between(
                Instant.parse(sandbox.webhooks(orderId).at("/0/attempts/0/at").asString()), sandbox.now());
        assertThat(late).isGreaterThan(Duration.ofHours(23));
    }

    @Test
    void a_confirmed_payment_never_expires() {
        String paymentKey = sandbox.authenticated(orderId);
        sandbox.confirm(paymentKey, orderId);

        sandbox.advance("P30D");

        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("DONE");
    }

    @Test
    void the_clock_only_moves_forward() {
        assertThat(sandbox.post("/control/clock/advance", "{\"by\": \"PT-1M\"}").status())
                .isEqualTo(400);
        assertThat(sandbox.post("/control/clock/advance", "{\"by\": \"tomorrow\"}")
                        .status())
                .isEqualTo(400);
        assertThat(sandbox.post("/control/clock/advance", "{}").status()).isEqualTo(400);
    }
}
