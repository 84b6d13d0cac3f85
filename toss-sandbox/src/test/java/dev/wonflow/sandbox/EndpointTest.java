package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EndpointTest {

    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void each_address_is_told_of_the_events_it_chose() throws IOException {
        try (Receiver everything = new Receiver();
                Receiver deposits = new Receiver();
                Receiver late = new Receiver();
                RunningSandbox sandbox = RunningSandbox.start(
                        "wonflow.sandbox.webhook-urls=" + everything.url(),
                        "wonflow.sandbox.webhooks[0].url=" + deposits.url(),
                        "wonflow.sandbox.webhooks[0].event-types=DEPOSIT_CALLBACK")) {
            Answer registered = sandbox.post(
                    "/control/webhook-urls",
                    "{\"url\": \"" + late.url() + "\", \"eventTypes\": [\"PAYMENT_STATUS_CHANGED\"]}");
            assertThat(registered.status()).isEqualTo(201);
            String paymentKey = sandbox.open(orderId);
            sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{\"method\": \"VIRTUAL_ACCOUNT\"}");
            sandbox.confirm(paymentKey, orderId);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> sandbox.webhooks(orderId)
                            .valueStream()
                            .allMatch(
                                    webhook -> webhook.path("status").asString().equals("SUCCEEDED")));

            assertThat(everything.received(orderId)).hasSize(2);
            assertThat(deposits.received(orderId))
                    .singleElement()
                    .satisfies(webhook ->
                            assertThat(webhook.json().has("eventType")).isFalse());
            assertThat(late.received(orderId))
                    .singleElement()
                    .satisfies(webhook -> assertThat(
                                    webhook.json().path("eventType").asString())
                            .isEqualTo("PAYMENT_STATUS_CHANGED"));
            assertThat(sandbox.get("/control/webhook-urls").json())
                    .extracting(endpoint -> endpoint.path("eventTypes").size())
                    .containsExactly(0, 1, 1);
        }
    }

    @Test
    void an_address_taken_away_is_not_called_again_whatever_was_planned() throws IOException {
        try (Receiver receiver = new Receiver();
                RunningSandbox sandbox = RunningSandbox.start("wonflow.sandbox.webhook-urls=" + receiver.url())) {
            receiver.answer(orderId, 500);
            sandbox.confirm(sandbox.authenticated(orderId), orderId);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> sandbox.webhooks(orderId).at("/0/attempts").size() == 1);
            String id = sandbox.get("/control/webhook-urls").json().at("/0/id").asString();

            assertThat(sandbox.send(sandbox.request("/control/webhook-urls/" + id)
                                    .DELETE())
                            .status())
                    .isEqualTo(204);
            sandbox.advance("P1D");

            JsonNode webhook = sandbox.webhooks(orderId).path(0);
            assertThat(webhook.path("status").asString()).isEqualTo("FAILED");
            assertThat(webhook.at("/attempts/1/outcome").asString()).isEqualTo("UNREGISTERED");
            assertThat(receiver.received(orderId)).hasSize(1);
        }
    }

    @Test
    void what_nobody_registered_for_is_logged_and_cannot_be_resent() {
        try (RunningSandbox sandbox = RunningSandbox.start()) {
            sandbox.confirm(sandbox.authenticated(orderId), orderId);

            JsonNode webhook = sandbox.webhooks(orderId).path(0);
            assertThat(webhook.path("status").asString()).isEqualTo("UNADDRESSED");
            assertThat(sandbox.post(
                                    "/control/webhooks/"
                                            + webhook.path("transmissionId").asString() + "/resend",
                                    "")
                            .status())
                    .isEqualTo(409);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.1/hook",
                "http://169.254.169.254/latest/meta-data",
                "http://shop.invalid/hook",
                "http://127.0.0.1@192.0.2.1/hook",
                "http://user:pass@127.0.0.1/hook",
                "http://192.0.2.1#@127.0.0.1/",
                "http://127.0.0.1#@192.0.2.1/",
                "http://127.0.0.1\\\\@192.0.2.1/",
                "http://127.0.0.1.nip.io/hook",
                "http://localhost.shop.invalid/",
                "http://127.0.0.1%2eshop.invalid/",
                "http://2130706433/hook",
                "http://3221225985/hook",
                "http://0x7f000001/hook",
                "http://0x7f.1/hook",
                "http://0177.0.0.1/hook",
                "http://127.1/hook",
                "http://127.0.0.256/hook",
                "http://0.0.0.0/hook",
                "http://0/hook",
                "http://[::]/hook",
                "http://[::ffff:192.0.2.1]/hook",
                "http://[fd00::1]/hook",
                "http://１２７.0.0.1/hook",
                "http://ⓛocalhost/hook",
                "file:///etc/passwd",
                "ftp://127.0.0.1/hook",
                "gopher://127.0.0.1:6379/_INFO",
                "jar:http://127.0.0.1!/",
                "//127.0.0.1/hook",
                "http:///hook",
                "http:127.0.0.1",
                "null",
                ""
            })
    void no_address_outside_this_machine_can_be_registered_by_any_spelling(String url) {
        RunningSandbox sandbox = RunningSandbox.shared();

        Answer answer = sandbox.post("/control/webhook-urls", "{\"url\": \"" + url + "\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains("expected");
        assertThat(sandbox.get("/control/webhook-urls").json()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9/hook",
                "https://127.255.0.1/hook?shop=1",
                "http://localhost:9/hook",
                "http://LOCALHOST:9/",
                "HTTP://[::1]:9/hook"
            })
    void this_machine_may_be_called_by_its_numbers_and_by_its_name(String url) {
        RunningSandbox sandbox = RunningSandbox.shared();

        Answer registered = sandbox.post("/control/webhook-urls", "{\"url\": \"" + url + "\"}");

        try {
            assertThat(registered.status()).isEqualTo(201);
        } finally {
            sandbox.send(sandbox.request("/control/webhook-urls/" + registered.text("id"))
                    .DELETE());
        }
    }

    @Test
    void there_is_a_limit_to_addresses_and_a_way_beyond_this_machine() {
        try (RunningSandbox sandbox = RunningSandbox.start("wonflow.sandbox.webhook-urls-beyond-loopback=true")) {
            for (int i = 0; i < 20; i++) {
                assertThat(sandbox.post("/control/webhook-urls", "{\"url\": \"http://shop.invalid/" + i + "\"}")
                                .status())
                        .isEqualTo(201);
            }
            assertThat(sandbox.post("/control/webhook-urls", "{\"url\": \"http://shop.invalid/21\"}")
                            .status())
                    .isEqualTo(409);
            assertThat(sandbox.post("/control/webhook-urls", "{\"url\": \"http://user@shop.invalid/\"}")
                            .status())
                    .isEqualTo(400);
        }
    }
}
