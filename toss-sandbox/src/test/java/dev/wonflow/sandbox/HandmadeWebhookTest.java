package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.Receiver.Received;
import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HandmadeWebhookTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final Receiver receiver = RunningSandbox.sharedReceiver();
    private final String orderId = RunningSandbox.newOrderId();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CANCEL_STATUS_CHANGED",
                "METHOD_UPDATED",
                "CUSTOMER_STATUS_CHANGED",
                "BILLING_DELETED",
                "ORDER_PAYMENT_STATUS_CHANGED",
                "PAYOUT_STATUS_CHANGED",
                "SUBMALL_STATUS_CHANGED"
            })
    void a_sample_of_a_classic_event_has_its_three_fields(String eventType) {
        JsonNode body = sentBody("{\"eventType\": \"" + eventType + "\", \"orderId\": \"" + orderId + "\"}");

        assertThat(body.propertyNames()).containsExactly("eventType", "createdAt", "data");
        assertThat(body.path("eventType").asString()).isEqualTo(eventType);
        assertThat(body.path("createdAt").asString()).doesNotContain("+");
        assertThat(body.path("data")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"payout.changed, payout", "seller.changed, seller", "ars-reservation.changed, ars-reservation"})
    void a_sample_of_a_v2_event_names_its_entity_and_has_a_time_with_an_offset(String eventType, String entityType) {
        JsonNode body = sentBody("{\"eventType\": \"" + eventType + "\", \"orderId\": \"" + orderId + "\"}");

        assertThat(body.propertyNames())
                .containsExactly("eventType", "createdAt", "version", "eventId", "entityType", "entityBody");
        assertThat(body.path("entityType").asString()).isEqualTo(entityType);
        assertThat(body.path("createdAt").asString()).endsWith("+09:00");
    }

    @Test
    void a_flat_one_has_neither_an_event_type_nor_a_payment_key() {
        JsonNode body = sentBody("{\"eventType\": \"DEPOSIT_CALLBACK\", \"orderId\": \"" + orderId + "\"}");

        assertThat(body.propertyNames()).containsExactly("createdAt", "secret", "status", "transactionKey", "orderId");
    }

    @Test
    void an_event_type_nobody_knows_yet_is_sent_as_it_was_made() {
        Answer sent = sandbox.post("/control/webhooks", """
                {"eventType": "PAYMENT.TELEPORTED", "orderId": "%s",
                 "body": "{\\"eventType\\": \\"PAYMENT.TELEPORTED\\", \\"orderId\\": \\"%s\\", \\"new\\": [1, 2.50]}"}
                """.formatted(orderId, orderId));

        assertThat(sent.status()).isEqualTo(201);
        Received received = awaitReceived();
        assertThat(received.body())
                .isEqualTo("{\"eventType\": \"PAYMENT.TELEPORTED\", \"orderId\": \"" + orderId
                        + "\", \"new\": [1, 2.50]}");
        assertThat(received.header("tosspayments-webhook-transmission-id"))
                .isEqualTo(sent.json().at("/0/transmissionId").asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"eventType\": \"NO_SAMPLE_OF_THIS\"}",
                "{\"shape\": \"classic\", \"data\": {}}",
                "{\"eventType\": \"METHOD_UPDATED\", \"shape\": \"round\"}"
            })
    void what_cannot_be_made_into_a_webhook_is_refused(String request) {
        Answer answer = sandbox.post("/control/webhooks", request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains("expected");
    }

    @Test
    void what_would_fill_the_log_is_refused() {
        for (String name : List.of("eventType", "orderId", "paymentKey")) {
            assertThat(sandbox.post(
                                    "/control/webhooks",
                                    "{\"body\": \"x\", \"" + name + "\": \"" + "x".repeat(301) + "\"}")
                            .text("message"))
                    .startsWith(name + ": 301 characters");
        }
        assertThat(sandbox.post("/control/webhooks", "{\"body\": \"" + "x".repeat(33_000) + "\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void the_log_is_searched_by_order_event_type_and_state() {
        sentBody("{\"eventType\": \"METHOD_UPDATED\", \"orderId\": \"" + orderId + "\"}");
        sandbox.post("/control/webhooks", "{\"eventType\": \"BILLING_DELETED\", \"orderId\": \"" + orderId + "\"}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> log("&status=succeeded").size() == 2);

        assertThat(log("&eventType=METHOD_UPDATED"))
                .extracting(webhook -> webhook.path("eventType").asString())
                .containsExactly("METHOD_UPDATED");
        assertThat(log("&limit=1"))
                .extracting(webhook -> webhook.path("eventType").asString())
                .containsExactly("BILLING_DELETED");
        assertThat(log("&status=FAILED")).isEmpty();
        assertThat(sandbox.get("/control/webhooks?status=lost").status()).isEqualTo(400);
    }

    private JsonNode log(String filter) {
        return sandbox.get("/control/webhooks?orderId=" + orderId + filter).json();
    }

    /** The body as the log has it: a sample is about no order of ours, so the receiver would not find it. */
    private JsonNode sentBody(String request) {
        Answer sent = sandbox.post("/control/webhooks", request);
        assertThat(sent.status()).isEqualTo(201);
        return RunningSandbox.json(sent.json().at("/0/body").asString());
    }

    private Received awaitReceived() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !receiver.received(orderId).isEmpty());
        return receiver.received(orderId).getFirst();
    }
}
