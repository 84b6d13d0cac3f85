package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.Receiver.Received;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WebhookFaultTest {

    private static final String TRANSMISSION_ID = "tosspayments-webhook-transmission-id";

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final Receiver receiver = RunningSandbox.sharedReceiver();
    private final String orderId = RunningSandbox.newOrderId();

    @AfterEach
    void disarm() {
        sandbox.send(sandbox.request("/control/faults").DELETE());
    }

    @Test
    void a_webhook_arrives_before_the_answer_does() throws IOException {
        try (Receiver hanging = new Receiver();
                RunningSandbox patient = RunningSandbox.start(
                        "wonflow.sandbox.webhook-urls=" + hanging.url(), "wonflow.sandbox.webhook-timeout=2s")) {
            // The attempt takes the two seconds the receiver has, and the answer does not come before it is over.
            hanging.answer(orderId, Receiver.SILENCE);

            confirm(patient, "WEBHOOK_BEFORE_ANSWER");

            assertThat(hanging.received(orderId)).hasSize(1);
            assertThat(patient.webhooks(orderId).at("/0/attempts/0/outcome").asString())
                    .isEqualTo("TIMED_OUT");
        }
    }

    @Test
    void a_webhook_never_comes_until_it_is_sent_again_by_hand() {
        confirm("WEBHOOK_NEVER");

        JsonNode withheld = sandbox.webhooks(orderId).path(0);
        assertThat(withheld.path("status").asString()).isEqualTo("WITHHELD");
        assertThat(withheld.path("faults").path(0).asString()).isEqualTo("WEBHOOK_NEVER");
        sandbox.advance("P5D");
        assertThat(receiver.received(orderId)).isEmpty();
        sandbox.post("/control/webhooks/" + withheld.path("transmissionId").asString() + "/resend", "");
        await(1);
    }

    @Test
    void a_webhook_comes_twice_with_one_transmission_id() {
        confirm("WEBHOOK_TWICE");

        List<Received> twins = await(2);

        assertThat(twins.getFirst().body()).isEqualTo(twins.getLast().body());
        assertThat(twins.getFirst().header(TRANSMISSION_ID))
                .isEqualTo(twins.getLast().header(TRANSMISSION_ID));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> sandbox.webhooks(orderId).at("/0/attempts").size() == 2);
        assertThat(sandbox.webhooks(orderId)).hasSize(1);
    }

    @Test
    void a_webhook_is_overtaken_by_the_next_about_its_order() {
        arm("{\"kind\": \"WEBHOOK_REORDERED\", \"eventType\": \"DEPOSIT_CALLBACK\", \"orderId\": \"" + orderId + "\"}");
        String paymentKey = sandbox.open(orderId);
        sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{\"method\": \"VIRTUAL_ACCOUNT\"}");
        sandbox.confirm(paymentKey, orderId);

        assertThat(await(2))
                .extracting(webhook -> webhook.json().path("eventType").asString())
                .containsExactly("PAYMENT_STATUS_CHANGED", "");
    }

    @Test
    void a_webhook_nothing_overtakes_comes_late() {
        confirm("WEBHOOK_REORDERED;delay=PT1H");
        assertThat(receiver.received(orderId)).isEmpty();

        sandbox.advance("PT1H");

        await(1);
        assertThat(sandbox.webhooks(orderId).at("/0/attempts")).hasSize(1);
    }

    @Test
    void a_webhook_is_contradicted_46_milliseconds_later() {
        assertThat(sandbox.post(
                                "/control/faults",
                                "{\"kind\": \"WEBHOOK_CONTRADICTED\", \"orderId\": \"" + orderId + "\"}")
                        .text("delay"))
                .isEqualTo("PT0.046S");
        confirm();

        List<Received> pair = await(2);

        assertThat(pair)
                .extracting(webhook -> webhook.json().at("/data/status").asString())
                .containsExactlyInAnyOrder("DONE", "ABORTED");
        assertThat(pair.getFirst().header(TRANSMISSION_ID))
                .isNotEqualTo(pair.getLast().header(TRANSMISSION_ID));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> sandbox.webhooks(orderId).at("/1/attempts").size() == 1);
        // On a busy machine the first one is late, and the gap between the two shorter: the delay runs from the event.
        Instant told = LocalDateTime.parse(
                        pair.getFirst().json().path("createdAt").asString())
                .atZone(ZoneId.of("Asia/Seoul"))
                .toInstant();
        assertThat(Duration.between(told, attemptedAt(1))).isGreaterThanOrEqualTo(Duration.ofMillis(46));
        assertThat(sandbox.get("/v1/payments/orders/" + orderId).text("status")).isEqualTo("DONE");
    }

    @Test
    void a_webhook_sent_twice_and_out_of_order_is_overtaken_all_the_same() {
        arm("{\"kind\": \"WEBHOOK_REORDERED\", \"delay\": \"PT10H\", \"orderId\": \"" + orderId + "\"}");
        arm("{\"kind\": \"WEBHOOK_TWICE\", \"orderId\": \"" + orderId + "\"}");
        String paymentKey = confirm();
        await(1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> sandbox.webhooks(orderId).at("/0/attempts").size() == 1);

        sandbox.post("/v1/payments/" + paymentKey + "/cancel", "{\"cancelReason\": \"변심\"}");

        assertThat(await(3))
                .extracting(webhook -> webhook.json().at("/data/status").asString())
                .containsExactly("DONE", "CANCELED", "DONE");
    }

    @Test
    void a_webhook_carries_a_secret_that_is_not_the_payments() {
        String secret = confirm("WEBHOOK_WRONG_SECRET");

        assertThat(await(1).getFirst().json().at("/data/secret").asString())
                .isNotEqualTo(secret)
                .startsWith("ps_");
    }

    @Test
    void a_deposit_is_reversed_a_minute_after_it_was_made_and_the_next_one_stays() {
        arm("{\"kind\": \"DEPOSIT_REVERSED\", \"orderId\": \"" + orderId + "\"}");
        String paymentKey = sandbox.open(orderId);
        sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{\"method\": \"VIRTUAL_ACCOUNT\"}");
        sandbox.confirm(paymentKey, orderId);
        // What is sent one after the other may arrive in another order.
        await(2);
        sandbox.post("/control/payments/" + paymentKey + "/deposit", "{}");
        await(4);
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("DONE");

        sandbox.advance("PT1M");

        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("WAITING_FOR_DEPOSIT");
        assertThat(await(6))
                .filteredOn(webhook -> !webhook.json().has("eventType"))
                .extracting(webhook -> webhook.json().path("status").asString())
                .containsExactly("WAITING_FOR_DEPOSIT", "DONE", "WAITING_FOR_DEPOSIT");
        sandbox.post("/control/payments/" + paymentKey + "/deposit", "{}");
        sandbox.advance("PT2M");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("DONE");
    }

    /** Confirms, and answers the key of the payment. */
    private String confirm() {
        String paymentKey = sandbox.authenticated(orderId);
        assertThat(sandbox.confirm(paymentKey, orderId).status()).isEqualTo(200);
        return paymentKey;
    }

    /** Confirms with a fault of its own, and answers the secret of the payment. */
    private String confirm(String fault) {
        return confirm(sandbox, fault);
    }

    private String confirm(RunningSandbox at, String fault) {
        String paymentKey = at.authenticated(orderId);
        RunningSandbox.Answer confirmed = at.confirm(paymentKey, orderId, "Wonflow-Sandbox-Fault", fault);
        assertThat(confirmed.status()).isEqualTo(200);
        return confirmed.text("secret");
    }

    private Instant attemptedAt(int webhook) {
        return Instant.parse(
                sandbox.webhooks(orderId).path(webhook).at("/attempts/0/at").asString());
    }

    private void arm(String fault) {
        assertThat(sandbox.post("/control/faults", fault).status()).isEqualTo(201);
    }

    private List<Received> await(int number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> receiver.received(orderId).size() >= number);
        return receiver.received(orderId);
    }
}
