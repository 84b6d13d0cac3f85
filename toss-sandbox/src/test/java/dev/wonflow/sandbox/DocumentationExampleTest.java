package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A sandbox nobody configured, called with the keys that Toss prints in its documentation. */
class DocumentationExampleTest {

    private static RunningSandbox sandbox;

    private final String orderId = RunningSandbox.newOrderId();

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.startAsShipped();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void a_payment_is_opened_confirmed_and_cancelled() {
        String paymentKey = sandbox.authenticated(orderId);

        Answer confirmed = sandbox.confirm(paymentKey, orderId);
        assertThat(confirmed.text("status")).as(confirmed.body()).isEqualTo("DONE");
        assertThat(confirmed.text("mId")).isEqualTo("tosspayments");

        Answer cancelled = sandbox.post("/v1/payments/" + paymentKey + "/cancel", "{\"cancelReason\": \"고객이 취소를 원함\"}");
        assertThat(cancelled.text("status")).as(cancelled.body()).isEqualTo("CANCELED");
    }

    @Test
    void a_billing_key_is_issued_for_a_card_and_charged() {
        Answer issued = sandbox.post("/v1/billing/authorizations/card", """
                {"cardNumber": "9410001234567890", "cardExpirationYear": "40", "cardExpirationMonth": "07",
                 "cardPassword": "12", "customerIdentityNumber": "881212", "customerKey": "customer-%s"}
                """.formatted(orderId));
        assertThat(issued.status()).as(issued.body()).isEqualTo(200);

        Answer charged = sandbox.post("/v1/billing/" + issued.text("billingKey"), """
                {"customerKey": "customer-%s", "amount": 4900, "orderId": "%s", "orderName": "구독",
                 "customerEmail": "customer@example.com", "customerName": "김하늘", "taxFreeAmount": 0}
                """.formatted(orderId, orderId));
        assertThat(charged.text("status")).as(charged.body()).isEqualTo("DONE");
    }

    @Test
    void the_widget_keys_open_a_payment_too() {
        Answer opened = sandbox.post("/sdk/payments", """
                {"clientKey": "%s", "method": "CARD", "currency": "KRW", "amount": 33000, "orderId": "%s",
                 "orderName": "머그컵 외 1건"}
                """.formatted(RunningSandbox.WIDGET_CLIENT_KEY, orderId));
        assertThat(opened.status()).as(opened.body()).isEqualTo(200);
        String windowUrl = opened.text("windowUrl");
        String paymentKey = windowUrl.substring(windowUrl.lastIndexOf('/') + 1);
        sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{}");

        assertThat(sandbox.confirm(
                                paymentKey,
                                orderId,
                                "Authorization",
                                RunningSandbox.basic(RunningSandbox.WIDGET_SECRET_KEY))
                        .text("status"))
                .isEqualTo("DONE");
    }

    @Test
    void what_the_settings_say_of_a_key_comes_first() {
        try (RunningSandbox other = RunningSandbox.start(
                "wonflow.sandbox.merchants[0].keys[0].secret-key=test_sk_mine",
                "wonflow.sandbox.merchants[0].keys[1].client-key=test_gck_mine",
                "wonflow.sandbox.merchants[0].keys[1].secret-key=test_gsk_mine")) {
            assertThat(codeOf(other, "test_sk_mine")).isEqualTo("NOT_FOUND_PAYMENT");
            assertThat(codeOf(other, RunningSandbox.SECRET_KEY)).isEqualTo("UNAUTHORIZED_KEY");
            assertThat(codeOf(other, RunningSandbox.WIDGET_SECRET_KEY)).isEqualTo("NOT_FOUND_PAYMENT");
        }
    }

    @Test
    void they_can_be_switched_off() {
        try (RunningSandbox other = RunningSandbox.start(
                "wonflow.sandbox.documentation-keys=false",
                "wonflow.sandbox.merchants[0].keys[1].client-key=test_gck_mine",
                "wonflow.sandbox.merchants[0].keys[1].secret-key=test_gsk_mine")) {
            assertThat(codeOf(other, RunningSandbox.SECRET_KEY)).isEqualTo("NOT_FOUND_PAYMENT");
            assertThat(codeOf(other, RunningSandbox.WIDGET_SECRET_KEY)).isEqualTo("UNAUTHORIZED_KEY");
        }
    }

    private static String codeOf(RunningSandbox sandbox, String secretKey) {
        return sandbox.send(
                        sandbox.request("/v1/payments/nobody").header("Authorization", RunningSandbox.basic(secretKey)))
                .text("code");
    }
}
