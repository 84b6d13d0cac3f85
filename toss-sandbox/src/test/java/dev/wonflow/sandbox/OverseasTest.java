package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Payments by overseas easy pay: their money in dollars and yen, and what no provider takes. */
class OverseasTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final OverseasTill till = new OverseasTill(sandbox);
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void a_payment_by_paypal_is_in_dollars_and_cents() {
        String paymentKey = till.open(orderId, "10.5");
        assertThat(sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{}")
                        .text("redirectUrl"))
                .endsWith("&amount=10.5&orderId=" + orderId + "&paymentKey=" + paymentKey);

        JsonNode payment = till.confirm(paymentKey, orderId, "10.50").json();

        assertThat(payment.path("status").asString()).isEqualTo("DONE");
        assertThat(payment.path("method").asString()).isEqualTo("해외간편결제");
        assertThat(payment.path("currency").asString()).isEqualTo("USD");
        assertThat(payment.path("country").asString()).isEqualTo("US");
        assertThat(payment.path("easyPay").toString())
                .isEqualTo("{\"provider\":\"페이팔\",\"amount\":10.5,\"discountAmount\":0}");
        assertThat(payment.path("totalAmount").toString()).isEqualTo("10.5");
        assertThat(payment.path("balanceAmount").toString()).isEqualTo("10.5");
        assertThat(payment.path("suppliedAmount").toString()).isEqualTo("9.55");
        assertThat(payment.path("vat").toString()).isEqualTo("0.95");
        for (String empty : List.of("card", "secret", "receipt", "useEscrow", "cancels")) {
            assertThat(payment.path(empty).isNull()).as(empty).isTrue();
        }
        assertThat(payment.has("easyPayAmount")).isFalse();
        assertThat(sandbox.send(sandbox.toss("/v1/payments/" + paymentKey).header("Accept-Language", "en-US"))
                        .text("method"))
                .isEqualTo("FOREIGN_EASY_PAY");
    }

    @ParameterizedTest
    @CsvSource({
        "ALIPAY, USD, 55.76, 알리페이",
        "PAYPAL, USD, 100, 페이팔",
        "PAYPAL, USD, 0.01, 페이팔",
        "GCASH, USD, 1234567.89, 지캐시",
        "PAYPAY, JPY, 1500, 페이페이"
    })
    void each_provider_takes_its_currency(String provider, String currency, String amount, String korean) {
        String paymentKey = till.openBy(orderId, amount, currency, provider);
        sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{}");

        Answer payment = till.confirm(paymentKey, orderId, amount);

        assertThat(payment.json().path("totalAmount").toString()).isEqualTo(amount);
        assertThat(payment.text("currency")).isEqualTo(currency);
        assertThat(payment.json().at("/easyPay/provider").asString()).isEqualTo(korean);
    }

    @Test
    void the_buyer_chooses_where_the_shop_does_not() {
        String paymentKey = sandbox.post(
                        "/v1/payments", OverseasTill.sessionOf(orderId, "10.5", "USD", "{\"country\": \"PH\"}"))
                .text("paymentKey");

        sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{\"easyPay\": \"GCASH\"}");

        JsonNode payment = till.confirm(paymentKey, orderId, "10.5").json();
        assertThat(payment.at("/easyPay/provider").asString()).isEqualTo("지캐시");
        assertThat(payment.path("country").asString()).isEqualTo("PH");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"method\": \"해외간편결제\", \"amount\": 10 | INVALID_CURRENCY",
                "\"method\": \"해외간편결제\", \"amount\": 10, \"currency\": \"KRW\" | INVALID_CURRENCY",
                "\"method\": \"해외간편결제\", \"amount\": 10, \"currency\": \"EUR\" | INVALID_CURRENCY",
                "\"method\": \"해외간편결제\", \"amount\": 10, \"currency\": \"JPY\", \"foreignEasyPay\": {\"provider\": \"PAYPAL\"} | INVALID_CURRENCY",
                "\"method\": \"해외간편결제\", \"amount\": 10.005, \"currency\": \"USD\" | INVALID_REQUEST",
                "\"method\": \"해외간편결제\", \"amount\": 10.5, \"currency\": \"JPY\" | INVALID_REQUEST",
                "\"method\": \"해외간편결제\", \"amount\": 0, \"currency\": \"USD\" | BELOW_ZERO_AMOUNT",
                "\"method\": \"해외간편결제\", \"amount\": 10, \"currency\": \"USD\", \"foreignEasyPay\": {\"provider\": \"토스페이\"} | INVALID_EASY_PAY",
                "\"method\": \"해외간편결제\", \"amount\": 10, \"currency\": \"USD\", \"foreignEasyPay\": {\"country\": \"KOR\"} | INVALID_REQUEST",
                "\"method\": \"카드\", \"amount\": 10, \"currency\": \"USD\" | INVALID_CURRENCY"
            })
    void what_no_provider_takes_is_refused(String members, String code) {
        assertThat(sandbox.post(
                                "/v1/payments",
                                RunningSandbox.sessionOf(orderId, 1)
                                        .replace("\"method\": \"카드\", \"amount\": 1", members))
                        .text("code"))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"method\": \"CARD\"} | NOT_SUPPORTED_METHOD",
                "{\"easyPay\": \"토스페이\"} | INVALID_EASY_PAY",
                "{\"easyPay\": \"ALIPAY\"} | INVALID_EASY_PAY",
                "{\"discountAmount\": 5} | INVALID_REQUEST",
                "{\"cardCompany\": \"현대\"} | INVALID_REQUEST"
            })
    void the_buyer_pays_with_the_provider_and_nothing_besides(String choice, String code) {
        String paymentKey = till.open(orderId, "10.5");

        assertThat(sandbox.post("/control/payments/" + paymentKey + "/authenticate", choice)
                        .text("code"))
                .isEqualTo(code);
    }

    @Test
    void a_payment_in_korea_is_not_paid_by_a_provider_overseas() {
        Till korean = new Till(sandbox);
        String paymentKey = korean.open(orderId, 10_000);

        assertThat(korean.authenticate(paymentKey, "{\"method\": \"FOREIGN_EASY_PAY\"}")
                        .text("code"))
                .isEqualTo("NOT_SUPPORTED_METHOD");
        assertThat(korean.authenticate(paymentKey, "{\"method\": \"EASY_PAY\", \"easyPay\": \"PAYPAL\"}")
                        .text("code"))
                .isEqualTo("INVALID_EASY_PAY");
    }

    @Test
    void a_confirm_of_other_cents_is_refused() {
        String paymentKey = till.open(orderId, "10.5");
        sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{}");

        assertThat(till.confirm(paymentKey, orderId, "10.51").text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(till.confirm(paymentKey, orderId, "1050").text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(till.confirm(paymentKey, orderId, "\"10.5\"").text("status")).isEqualTo("DONE");
    }

    @Test
    void a_transaction_is_in_dollars_too() {
        till.done(orderId, "10.5");

        JsonNode transaction = transactionsOf(sandbox, orderId).getFirst();

        assertThat(transaction.path("currency").asString()).isEqualTo("USD");
        assertThat(transaction.path("amount").toString()).isEqualTo("10.5");
        assertThat(transaction.path("method").asString()).isEqualTo("해외간편결제");
    }

    static List<JsonNode> transactionsOf(RunningSandbox sandbox, String orderId) {
        return StreamSupport.stream(
                        sandbox.get("/v1/transactions?startDate=2020-01-01&endDate=2099-01-01&limit=5000")
                                .json()
                                .spliterator(),
                        false)
                .filter(row -> row.path("orderId").asString().equals(orderId))
                .toList();
    }

    @Test
    void nothing_of_it_is_settled_by_toss() {
        try (RunningSandbox own = RunningSandbox.start("wonflow.sandbox.settlement.enabled=true")) {
            new OverseasTill(own).done(orderId, "10.5");
            String balances = own.get("/v2/balances").json().path("entityBody").toString();
            String won = RunningSandbox.newOrderId();
            new Till(own).done(won, 10_000);
            own.advance("P1D");

            assertThat(own.get("/v1/settlements?startDate=2020-01-01&endDate=2099-01-01")
                            .body())
                    .contains(won)
                    .doesNotContain(orderId);
            assertThat(balances).contains("\"pendingAmount\":{\"currency\":\"KRW\",\"value\":0.0}");
        }
    }

    @Test
    void nor_on_the_word_of_the_merchant() {
        try (RunningSandbox own = RunningSandbox.start("wonflow.sandbox.settlement.manual=true")) {
            String paymentKey = new OverseasTill(own).done(orderId, "10.5");

            assertThat(own.post("/v1/settlements", "{\"paymentKey\": \"" + paymentKey + "\"}")
                            .text("code"))
                    .isEqualTo("FORBIDDEN_REQUEST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.505", "1e999999999", "1e-999999999", "10000000000000000000"})
    void a_widget_counts_amounts_only(String amount) {
        assertThat(sandbox.get("/sdk/widgets/payment-window?origin=http://localhost:3000&currency=USD&amount=" + amount
                                + "&clientKey=" + RunningSandbox.WIDGET_CLIENT_KEY)
                        .text("code"))
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void the_window_of_the_widgets_shows_cents() {
        assertThat(sandbox.get("/sdk/widgets/payment-window?origin=http://localhost:3000&currency=USD&amount=1234.5"
                                + "&clientKey=" + RunningSandbox.WIDGET_CLIENT_KEY)
                        .body())
                .contains("US$1,234.50 결제하기", "data-words=\"US$#\"", "페이팔")
                .doesNotContain("신용", "토스페이");
    }

    @Test
    void the_window_offers_the_providers_that_take_the_currency() {
        String any = sandbox.post("/v1/payments", OverseasTill.sessionOf(orderId, "1234.5", "USD", "{}"))
                .text("paymentKey");

        assertThat(sandbox.get("/window/" + any).body())
                .contains("US$1,234.50", "해외 간편결제", "페이팔", "알리페이", "지캐시", "트루머니")
                .doesNotContain("페이페이", "토스페이", "신한", "원<");
        assertThat(sandbox.get("/window/" + till.open(RunningSandbox.newOrderId(), "3"))
                        .body())
                .contains("US$3.00", "페이팔")
                .doesNotContain("알리페이");
        assertThat(sandbox.get("/window/" + any + "?lang=en").body())
                .contains("Overseas easy pay", "PayPal", "Touch ’n Go");
    }
}
