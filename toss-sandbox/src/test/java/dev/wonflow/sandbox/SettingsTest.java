package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @ParameterizedTest
    @CsvSource({"secret-key, live_sk_abcdefgh12345678", "client-key, live_ck_abcdefgh12345678"})
    void a_live_key_stops_the_start_and_is_not_shown(String setting, String key) {
        assertThatThrownBy(() -> RunningSandbox.start("wonflow.sandbox.merchants[0].keys[0]." + setting + "=" + key)
                        .close())
                .rootCause()
                .hasMessageContaining(setting + ": a live key (expected: a test key")
                .hasMessageNotContaining(key);
    }

    @Test
    void a_pair_of_two_families_stops_the_start() {
        assertThatThrownBy(() -> RunningSandbox.start(
                                "wonflow.sandbox.merchants[0].keys[0].client-key=" + RunningSandbox.WIDGET_CLIENT_KEY)
                        .close())
                .rootCause()
                .hasMessageContaining("one is of the widget family and one is not");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://192.0.2.1/hook", "https://shop.invalid/hook", "ftp://127.0.0.1/hook", "http:///hook"})
    void a_webhook_address_outside_this_machine_stops_the_start(String url) {
        assertThatThrownBy(() -> RunningSandbox.start("wonflow.sandbox.webhook-urls=" + url)
                        .close())
                .rootCause()
                .hasMessageContaining("wonflow.sandbox.webhook-urls: " + url + " (expected: an ");
    }

    /** The second address of the loopback is reached by nobody who listens on the first alone. */
    @Test
    void it_listens_on_one_address_of_this_machine_unless_told_otherwise() {
        try (RunningSandbox sandbox = RunningSandbox.startAsShipped()) {
            assertThatThrownBy(() -> new Socket("127.0.0.2", sandbox.port()).close())
                    .isInstanceOf(IOException.class);
        }
        try (RunningSandbox open = RunningSandbox.start("server.address=0.0.0.0")) {
            assertThatCode(() -> new Socket(InetAddress.getLoopbackAddress(), open.port()).close())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void assumptions_can_be_turned_round() {
        try (RunningSandbox sandbox = RunningSandbox.start(
                "wonflow.sandbox.assumptions.confirm-of-another-order=FORBIDDEN_REQUEST",
                "wonflow.sandbox.assumptions.confirm-of-unknown-payment=NOT_FOUND_PAYMENT_SESSION",
                "wonflow.sandbox.assumptions.aborted-by-decline=false",
                "wonflow.sandbox.assumptions.aborted-in-window=false",
                "wonflow.sandbox.assumptions.secret-of-cards=false")) {
            String orderId = RunningSandbox.newOrderId();
            String paymentKey = sandbox.authenticated(orderId);
            sandbox.post("/control/faults", "{\"operation\": \"confirm\", \"kind\": \"DECLINE\"}");

            assertThat(sandbox.confirm(paymentKey, "another-order").text("code"))
                    .isEqualTo("FORBIDDEN_REQUEST");
            assertThat(sandbox.confirm("nobody", orderId).text("code")).isEqualTo("NOT_FOUND_PAYMENT_SESSION");
            assertThat(sandbox.confirm(paymentKey, orderId).text("code")).isEqualTo("REJECT_CARD_COMPANY");
            assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
            sandbox.post("/control/payments/" + paymentKey + "/decline", "{}");
            assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
            assertThat(sandbox.confirm(paymentKey, orderId)
                            .json()
                            .path("secret")
                            .isNull())
                    .isTrue();
        }
    }

    @Test
    void its_own_settings_are_enough_to_start_it() {
        try (RunningSandbox sandbox = RunningSandbox.startAsShipped()) {
            assertThat(sandbox.send(sandbox.request("/v1/payments/nobody")
                                    .header(
                                            "Authorization",
                                            RunningSandbox.basic("test_sk_wonflow_local_sandbox_0001")))
                            .text("code"))
                    .isEqualTo("NOT_FOUND_PAYMENT");
            assertThat(sandbox.get("/actuator/health").text("status")).isEqualTo("UP");
            assertThat(sandbox.get("/actuator/health/readiness").text("status")).isEqualTo("UP");
        }
    }
}
