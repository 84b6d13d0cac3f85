package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the version a merchant is set to changes about its payments. */
class ApiVersionTest {

    private static final String SET = "wonflow.sandbox.merchants[0].api-version=";

    private static final Map<String, RunningSandbox> SANDBOXES = new HashMap<>();

    private final String orderId = RunningSandbox.newOrderId();

    @AfterAll
    static void stop() {
        SANDBOXES.values().forEach(RunningSandbox::close);
        SANDBOXES.clear();
    }

    /** The sandbox of a merchant that is set to a version, for all tests of it. */
    private static RunningSandbox speaking(String version) {
        return SANDBOXES.computeIfAbsent(version, _ -> RunningSandbox.start(SET + version));
    }

    @Test
    void up_to_1_4_a_card_names_its_provider_and_a_telephone_its_carrier_and_a_reversal_is_the_end() {
        RunningSandbox sandbox = speaking("1.4");
        Till till = new Till(sandbox);
        JsonNode easyPay = till.paid(orderId, 10_000, "{\"easyPay\": \"토스페이\", \"cardCompany\": \"현대\"}")
                .json();
        assertThat(easyPay.path("version").asString()).isEqualTo("1.4");
        assertThat(easyPay.at("/card/provider").asString()).isEqualTo("토스페이");
        assertThat(easyPay.at("/card/company").asString()).isEqualTo("현대");
        assertThat(easyPay.path("easyPay").asString()).isEqualTo("토스페이");
        assertThat(easyPay.path("foreignEasyPay").isNull()).isTrue();
        assertThat(easyPay.path("easyPayAmount").asLong()).isZero();

        JsonNode phone = till.paid(RunningSandbox.newOrderId(), 10_000, "{\"method\": \"휴대폰\"}")
                .json();
        assertThat(phone.at("/mobilePhone/carrier").asString()).isEqualTo("SKT");

        String account = till.deposited(RunningSandbox.newOrderId(), 10_000);
        JsonNode reversed = sandbox.post("/control/payments/" + account + "/reverse-deposit", "")
                .json();
        assertThat(reversed.path("status").asString()).isEqualTo("CANCELED");
        assertThat(reversed.path("balanceAmount").asLong()).isZero();
    }

    @Test
    void in_1_4_easy_pay_is_a_text_and_overseas_it_is_an_object_too() {
        RunningSandbox sandbox = speaking("1.4");
        String paymentKey = new OverseasTill(sandbox).done(orderId, "10.5");
        JsonNode paid = sandbox.payment(paymentKey).json();

        assertThat(paid.path("easyPay").asString()).as(paid.toString()).isEqualTo("페이팔");
        assertThat(paid.path("foreignEasyPay").toString()).isEqualTo("{\"provider\":\"페이팔\"}");
        JsonNode card = new Till(sandbox)
                .paid(RunningSandbox.newOrderId(), 10_000, "{}")
                .json();
        assertThat(card.path("easyPay").isNull()).isTrue();
        assertThat(card.path("foreignEasyPay").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.4", "2022-06-08", "2022-07-27"})
    void until_2022_11_16_a_payment_has_two_transaction_keys_and_flat_amounts_of_easy_pay(String version) {
        RunningSandbox sandbox = speaking(version);
        Till till = new Till(sandbox);
        JsonNode paid = till.paid(
                        orderId, 10_000, "{\"method\": \"간편결제\", \"easyPay\": \"KAKAOPAY\", \"discountAmount\": 1500}")
                .json();

        assertThat(paid.path("transactionKey").asString())
                .isEqualTo(paid.path("lastTransactionKey").asString())
                .isNotEmpty();
        assertThat(paid.path("easyPayAmount").asLong()).isEqualTo(8_500);
        assertThat(paid.path("easyPayDiscountAmount").asLong()).isEqualTo(1_500);
        JsonNode ready =
                sandbox.payment(till.open(RunningSandbox.newOrderId(), 10_000)).json();
        assertThat(ready.path("transactionKey").isNull()).isTrue();
        assertThat(ready.has("transactionKey")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2022-11-16", "2024-06-01"})
    void from_2022_11_16_on_it_has_one_key_and_easy_pay_is_an_object_alone(String version) {
        RunningSandbox sandbox = speaking(version);
        Till till = new Till(sandbox);
        String ready = till.open(orderId, 10_000);
        String paid = till.paid(RunningSandbox.newOrderId(), 10_000, "{\"method\": \"간편결제\"}")
                .text("paymentKey");
        String account = till.waiting(RunningSandbox.newOrderId(), 10_000);

        for (String paymentKey : new String[] {ready, paid, account}) {
            assertThat(sandbox.payment(paymentKey).json().propertyNames())
                    .contains("lastTransactionKey", "easyPay")
                    .doesNotContain("transactionKey", "easyPayAmount", "easyPayDiscountAmount", "foreignEasyPay");
        }
        assertThat(sandbox.payment(paid).json().path("easyPay").isObject()).isTrue();

        sandbox.advance("PT31M");
        JsonNode expired = sandbox.payment(ready).json();
        assertThat(expired.path("status").asString()).isEqualTo("EXPIRED");
        assertThat(expired.has("transactionKey")).isTrue();
        assertThat(expired.path("transactionKey").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2022-06-08", "2022-07-27"})
    void until_2022_11_16_institutions_have_their_names_next_to_their_codes(String version) {
        RunningSandbox sandbox = speaking(version);
        Till till = new Till(sandbox);
        JsonNode card =
                till.paid(orderId, 10_000, "{\"cardCompany\": \"토스뱅크\"}").json();
        assertThat(card.path("version").asString()).isEqualTo(version);
        assertThat(card.path("card").propertyNames())
                .contains("company", "receiptUrl")
                .doesNotContain("provider");
        assertThat(card.at("/card/company").asString()).isEqualTo("토스뱅크");
        assertThat(card.at("/card/issuerCode").asString()).isEqualTo("24");

        JsonNode phone = till.paid(RunningSandbox.newOrderId(), 10_000, "{\"method\": \"휴대폰\"}")
                .json();
        assertThat(phone.path("mobilePhone").has("carrier")).isFalse();
        JsonNode transfer = till.paid(
                        RunningSandbox.newOrderId(), 10_000, "{\"method\": \"TRANSFER\", \"bank\": \"06\"}")
                .json();
        assertThat(transfer.at("/transfer/bank").asString()).isEqualTo("국민");

        String account = till.deposited(RunningSandbox.newOrderId(), 10_000);
        assertThat(sandbox.payment(account).json().at("/virtualAccount/bank").asString())
                .isEqualTo("신한");
        assertThat(sandbox.post("/control/payments/" + account + "/reverse-deposit", "")
                        .text("status"))
                .isEqualTo("WAITING_FOR_DEPOSIT");
    }

    @Test
    void the_keys_of_the_widget_speak_2022_11_16_whatever_the_merchant_is_set_to() {
        RunningSandbox sandbox = speaking("2024-06-01");
        Answer ofWindow = sandbox.post("/v1/payments", RunningSandbox.sessionOf(orderId, 10_000));
        Answer ofWidget = sandbox.post(
                "/v1/payments",
                RunningSandbox.sessionOf(orderId, 10_000),
                "Authorization",
                RunningSandbox.basic(RunningSandbox.WIDGET_SECRET_KEY));

        assertThat(ofWindow.text("version")).isEqualTo("2024-06-01");
        assertThat(ofWidget.text("version")).isEqualTo("2022-11-16");
    }

    @Test
    void a_version_header_is_ignored() {
        RunningSandbox sandbox = RunningSandbox.shared();

        assertThat(sandbox.post(
                                "/v1/payments",
                                RunningSandbox.sessionOf(orderId, 10_000),
                                "TossPayments-Version",
                                "1.4")
                        .text("version"))
                .isEqualTo("2022-11-16");
    }

    @Test
    void a_version_the_sandbox_does_not_speak_stops_the_start() {
        assertThatThrownBy(() -> RunningSandbox.start(SET + "2021-01-01").close())
                .rootCause()
                .hasMessageContaining("api-version: 2021-01-01 (expected: one of 1.4, 2022-06-08");
    }

    @Test
    void fields_and_words_no_client_knows_can_be_asked_for() {
        try (RunningSandbox sandbox = RunningSandbox.start(
                "wonflow.sandbox.payment-json.unknown-field=true",
                "wonflow.sandbox.payment-json.unknown-values=true")) {
            JsonNode payment = new Till(sandbox).paid(orderId, 10_000, "{}").json();

            assertThat(payment.path("simulatorExtra").asBoolean()).isTrue();
            assertThat(payment.path("method").asString()).isEqualTo("SIMULATOR_UNKNOWN");
            assertThat(payment.at("/card/cardType").asString()).isEqualTo("SIMULATOR_UNKNOWN");
            assertThat(payment.path("status").asString()).isEqualTo("DONE");
        }
        assertThat(RunningSandbox.shared()
                        .post("/v1/payments", RunningSandbox.sessionOf(orderId, 10_000))
                        .json()
                        .has("simulatorExtra"))
                .isFalse();
    }
}
