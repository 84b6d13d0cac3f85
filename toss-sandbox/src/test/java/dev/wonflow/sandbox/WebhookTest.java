package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.Receiver.Received;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WebhookTest {

    private static final String TRANSMISSION_ID = "tosspayments-webhook-transmission-id";
    private static final String RETRIED_COUNT = "tosspayments-webhook-transmission-retried-count";

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final Receiver receiver = RunningSandbox.sharedReceiver();
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void a_confirmed_payment_is_announced_once_in_the_classic_envelope() {
        String paymentKey = sandbox.authenticated(orderId);
        String confirmed = sandbox.confirm(paymentKey, orderId).body();

        Received webhook = awaitWebhooks(1).getFirst();

        assertThat(webhook.header("content-type")).isEqualTo("application/json");
        assertThat(webhook.header(TRANSMISSION_ID)).matches("whtrans_[0-9a-z]{26}");
        assertThat(webhook.header(RETRIED_COUNT)).isEqualTo("0");
        assertThat(webhook.header("tosspayments-webhook-transmission-time"))
                .matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+09:00");
        assertThat(webhook.headers()).doesNotContainKey("Tosspayments-webhook-signature");
        JsonNode body = webhook.json();
        assertThat(body.propertyNames()).containsExactly("eventType", "createdAt", "data");
        assertThat(body.path("eventType").asString()).isEqualTo("PAYMENT_STATUS_CHANGED");
        assertThat(body.path("createdAt").asString())
                .matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{0,5}[1-9])?");
        assertThat(body.path("data").toString()).isEqualTo(confirmed);
        awaitStatus("SUCCEEDED");
        assertThat(sandbox.webhooks(orderId)).hasSize(1);
    }

    @Test
    void opening_authenticating_and_giving_up_are_silent() {
        String paymentKey = sandbox.authenticated(orderId);
        sandbox.post("/control/payments/" + paymentKey + "/cancel", "");

        assertThat(sandbox.webhooks(orderId)).isEmpty();
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
    }

    @Test
    void a_virtual_account_is_announced_in_two_shapes() {
        String paymentKey = sandbox.open(orderId);
        sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{\"method\": \"VIRTUAL_ACCOUNT\"}");
        String secret = sandbox.confirm(paymentKey, orderId).text("secret");
        awaitWebhooks(2);
        sandbox.post("/control/payments/" + paymentKey + "/deposit", "");

        List<JsonNode> flat = awaitWebhooks(4).stream()
                .map(Received::json)
                .filter(body -> !body.has("eventType"))
                .toList();

        assertThat(flat)
                .extracting(body -> body.path("status").asString())
                .containsExactly("WAITING_FOR_DEPOSIT", "DONE");
        assertThat(flat).allSatisfy(body -> {
            assertThat(body.propertyNames())
                    .containsExactlyInAnyOrder("createdAt", "secret", "status", "transactionKey", "orderId");
            assertThat(body.path("secret").asString()).isEqualTo(secret);
        });
    }

    @Test
    void a_virtual_account_that_expires_is_announced_to_nobody() {
        String paymentKey = sandbox.open(orderId);
        sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{\"method\": \"VIRTUAL_ACCOUNT\"}");
        sandbox.confirm(paymentKey, orderId);
        awaitWebhooks(2);

        sandbox.advance("P8D");

        JsonNode payment = sandbox.payment(paymentKey).json();
        assertThat(payment.at("/virtualAccount/expired").asBoolean()).isTrue();
        assertThat(payment.path("status").asString()).isEqualTo("WAITING_FOR_DEPOSIT");
        assertThat(sandbox.webhooks(orderId)).hasSize(2);
        assertThat(receiver.received(orderId)).hasSize(2);
    }

    @Test
    void a_refused_webhook_climbs_the_ladder_with_one_id_and_a_growing_count() {
        receiver.answer(orderId, 500);
        confirm();
        awaitStatus("SENDING");

        for (int minutes : new int[] {1, 4, 16, 64, 256, 1024, 4096}) {
            sandbox.advance(Duration.ofMinutes(minutes).toString());
        }

        awaitStatus("FAILED");
        assertThat(receiver.received(orderId))
                .extracting(webhook -> webhook.header(RETRIED_COUNT))
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
        assertThat(receiver.received(orderId))
                .extracting(webhook -> webhook.header(TRANSMISSION_ID))
                .containsOnly(receiver.received(orderId).getFirst().header(TRANSMISSION_ID));
        assertThat(receiver.received(orderId))
                .extracting(Received::body)
                .containsOnly(receiver.received(orderId).getFirst().body());
        assertThat(minutesAfterTheFirstAttempt()).containsExactly(0L, 1L, 5L, 21L, 85L, 341L, 1365L, 5461L);
        sandbox.advance("P30D");
        assertThat(receiver.received(orderId)).hasSize(8);
    }

    @Test
    void one_long_step_of_the_clock_makes_all_attempts_each_in_its_own_time() {
        receiver.answer(orderId, 404);
        confirm();

        sandbox.advance("P5D");

        awaitStatus("FAILED");
        assertThat(minutesAfterTheFirstAttempt()).containsExactly(0L, 1L, 5L, 21L, 85L, 341L, 1365L, 5461L);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204, 302, 400, 503})
    void only_200_is_success_and_a_redirect_is_not_followed(int status) {
        receiver.answer(orderId, status);
        confirm();

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode webhook = sandbox.webhooks(orderId).path(0);
            assertThat(webhook.at("/attempts/0/outcome").asString()).isEqualTo("REFUSED");
            assertThat(webhook.at("/attempts/0/httpStatus").asInt()).isEqualTo(status);
            assertThat(webhook.path("status").asString()).isEqualTo("SENDING");
            assertThat(webhook.path("nextAttemptAt").isNull()).isFalse();
        });
        assertThat(receiver.received(orderId)).hasSize(1);
    }

    @Test
    void a_receiver_that_does_not_answer_is_given_up_on_and_slows_nobody_down() throws IOException {
        try (Receiver hanging = new Receiver();
                RunningSandbox patient = RunningSandbox.start(
                        "wonflow.sandbox.webhook-urls=" + hanging.url(), "wonflow.sandbox.webhook-timeout=2s")) {
            hanging.answer(orderId, Receiver.SILENCE);
            String paymentKey = patient.authenticated(orderId);
            assertThat(patient.confirm(paymentKey, orderId).status()).isEqualTo(200);
            // The answer was here before the receiver could have been given up on.
            assertThat(patient.webhooks(orderId).at("/0/attempts")).isEmpty();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(patient.webhooks(orderId)
                                    .at("/0/attempts/0/outcome")
                                    .asString())
                            .isEqualTo("TIMED_OUT"));
        }
    }

    @Test
    void a_retry_that_is_accepted_ends_the_ladder() {
        receiver.answer(orderId, 503);
        confirm();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> sandbox.webhooks(orderId).at("/0/attempts").size() == 1);
        receiver.answer(orderId, 200);

        sandbox.advance("P1D");

        awaitStatus("SUCCEEDED");
        assertThat(receiver.received(orderId)).hasSize(2);
    }

    @Test
    void a_resend_starts_over_and_voids_what_was_planned() {
        receiver.answer(orderId, 503);
        confirm();
        sandbox.advance("PT1M");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> receiver.received(orderId).size() == 2);
        receiver.answer(orderId, 200);
        String transmissionId = receiver.received(orderId).getFirst().header(TRANSMISSION_ID);

        assertThat(sandbox.post("/control/webhooks/" + transmissionId + "/resend", "")
                        .status())
                .isEqualTo(200);

        Received resent = awaitWebhooks(3).getLast();
        assertThat(resent.header(TRANSMISSION_ID)).isEqualTo(transmissionId);
        assertThat(resent.header(RETRIED_COUNT)).isEqualTo("0");
        awaitStatus("SUCCEEDED");
        sandbox.advance("P1D");
        assertThat(receiver.received(orderId)).hasSize(3);
    }

    @Test
    void an_attempt_that_ends_after_a_resend_is_logged_and_changes_nothing() throws IOException {
        try (Receiver hanging = new Receiver();
                RunningSandbox patient = RunningSandbox.start(
                        "wonflow.sandbox.webhook-urls=" + hanging.url(), "wonflow.sandbox.webhook-timeout=2s")) {
            hanging.answer(orderId, Receiver.SILENCE);
            patient.confirm(patient.authenticated(orderId), orderId);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> hanging.received(orderId).size() == 1);
            hanging.answer(orderId, 200);
            String transmissionId = hanging.received(orderId).getFirst().header(TRANSMISSION_ID);

            patient.post("/control/webhooks/" + transmissionId + "/resend", "");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> patient.webhooks(orderId).at("/0/attempts").size() == 2);
            JsonNode webhook = patient.webhooks(orderId).path(0);
            assertThat(webhook.path("attempts")
                            .valueStream()
                            .map(attempt -> attempt.path("outcome").asString()))
                    .containsExactly("ACCEPTED", "TIMED_OUT");
            assertThat(webhook.path("status").asString()).isEqualTo("SUCCEEDED");
            assertThat(webhook.path("nextAttemptAt").isNull()).isTrue();
            patient.advance("P5D");
            assertThat(hanging.received(orderId)).hasSize(2);
        }
    }

    @Test
    void any_success_counts_if_the_sandbox_is_told_so() throws IOException {
        try (Receiver created = new Receiver();
                RunningSandbox lenient = RunningSandbox.start(
                        "wonflow.sandbox.webhook-urls=" + created.url(),
                        "wonflow.sandbox.assumptions.webhook-accepted-by-any-success=true")) {
            String refused = RunningSandbox.newOrderId();
            created.answer(orderId, 204);
            created.answer(refused, 302);
            lenient.confirm(lenient.authenticated(orderId), orderId);
            lenient.confirm(lenient.authenticated(refused), refused);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> lenient.webhooks(orderId)
                                    .at("/0/status")
                                    .asString()
                                    .equals("SUCCEEDED")
                            && lenient.webhooks(refused).at("/0/attempts").size() == 1);
            assertThat(lenient.webhooks(refused).at("/0/status").asString()).isEqualTo("SENDING");
        }
    }

    @Test
    void a_receiver_that_hangs_takes_nothing_from_another() throws IOException {
        try (Receiver hanging = new Receiver();
                Receiver healthy = new Receiver();
                RunningSandbox busy = RunningSandbox.start(
                        "wonflow.sandbox.webhook-urls=" + hanging.url() + "," + healthy.url(),
                        "wonflow.sandbox.webhook-timeout=5m")) {
            List<String> orders = IntStream.range(0, 80)
                    .mapToObj(_ -> RunningSandbox.newOrderId())
                    .toList();
            orders.forEach(order -> hanging.answer(order, Receiver.SILENCE));
            orders.forEach(order -> busy.confirm(busy.authenticated(order), order));

            // Long before an attempt to the other one ends.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> orders.stream()
                            .allMatch(order -> healthy.received(order).size() == 1));
        }
    }

    @Test
    void a_webhook_nobody_knows_cannot_be_resent() {
        assertThat(sandbox.post("/control/webhooks/whtrans_unknown/resend", "").status())
                .isEqualTo(404);
    }

    @Test
    void each_retry_has_an_id_of_its_own_if_the_sandbox_is_told_so() throws IOException {
        try (Receiver strict = new Receiver();
                RunningSandbox fickle = RunningSandbox.start(
                        "wonflow.sandbox.webhook-urls=" + strict.url(),
                        "wonflow.sandbox.assumptions.transmission-id-per-attempt=true")) {
            strict.answer(orderId, 500);
            fickle.confirm(fickle.authenticated(orderId), orderId);

            fickle.advance("P5D");

            assertThat(strict.received(orderId))
                    .hasSize(8)
                    .extracting(webhook -> webhook.header(TRANSMISSION_ID))
                    .doesNotHaveDuplicates();
        }
    }

    private void confirm() {
        String paymentKey = sandbox.authenticated(orderId);
        assertThat(sandbox.confirm(paymentKey, orderId).status()).isEqualTo(200);
    }

    private List<Received> awaitWebhooks(int number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> receiver.received(orderId).size() >= number);
        return receiver.received(orderId);
    }

    private void awaitStatus(String status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                sandbox.webhooks(orderId).at("/0/status").asString())
                        .isEqualTo(status));
    }

    private List<Long> minutesAfterTheFirstAttempt() {
        List<Instant> times = new ArrayList<>();
        sandbox.webhooks(orderId)
                .at("/0/attempts")
                .forEach(attempt -> times.add(Instant.parse(attempt.path("at").asString())));
        // An attempt comes a moment after it was due, so whole minutes are what can be compared.
        return times.stream()
                .map(time ->
                        Duration.between(times.getFirst(), time).plusSeconds(30).toMinutes())
                .toList();
    }
}
