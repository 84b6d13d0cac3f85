package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PaymentObjectTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void a_confirmed_card_payment_has_every_field_of_toss() {
        String paymentKey = sandbox.authenticated(orderId);

        String body = sandbox.confirm(paymentKey, orderId).body();

        assertThat(body.replaceAll("\"20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+09:00\"", "TIME")
                        .replaceAll("\"txrd_a01[0-9a-z]{24}\"", "TRANSACTION")
                        .replaceAll("\"ps_[0-9A-Za-z]{28}\"", "SECRET")
                        .replace(paymentKey, "PAYMENT")
                        .replace(orderId, "ORDER")
                        .replace(sandbox.base().toString(), "BASE"))
                .isEqualTo("""
            {"mId":"tvivarepublica","version":"2022-11-16",\
            "lastTransactionKey":TRANSACTION,\
            "paymentKey":"PAYMENT","orderId":"ORDER","orderName":"머그컵 외 1건","taxExemptionAmount":0,"status":"DONE",\
            "requestedAt":TIME,"approvedAt":TIME,"useEscrow":false,"cultureExpense":false,\
            "card":{"issuerCode":"61","acquirerCode":"61","number":"52720012****345*","installmentPlanMonths":0,\
            "isInterestFree":false,"interestPayer":null,"approveNo":"00000000","useCardPoint":false,"cardType":"신용",\
            "ownerType":"개인","acquireStatus":"READY","amount":33000},\
            "virtualAccount":null,"transfer":null,"mobilePhone":null,"giftCertificate":null,"cashReceipt":null,\
            "cashReceipts":null,"discount":null,"cancels":null,"secret":SECRET,"type":"NORMAL","easyPay":null,\
            "country":"KR","failure":null,"isPartialCancelable":true,\
            "receipt":{"url":"https://dashboard-sandbox.tosspayments.com/receipt/redirection?transactionId=PAYMENT&ref=PX"},\
            "checkout":{"url":"BASE/window/PAYMENT"},"currency":"KRW","totalAmount":33000,"balanceAmount":33000,\
            "suppliedAmount":30000,"vat":3000,"taxFreeAmount":0,"metadata":null,"method":"카드"}""");
    }

    @ParameterizedTest
    @CsvSource({"10000, 3000, 636, 6364", "33000, 0, 3000, 30000", "15000, 0, 1364, 13636"})
    void amounts_add_up(long amount, long taxFree, long vat, long supplied) {
        JsonNode payment = sandbox.post(
                        "/v1/payments",
                        RunningSandbox.sessionOf(orderId, amount)
                                .replace("\"amount\"", "\"taxFreeAmount\": " + taxFree + ", \"amount\""))
                .json();

        assertThat(payment.path("vat").asLong()).isEqualTo(vat);
        assertThat(payment.path("suppliedAmount").asLong()).isEqualTo(supplied);
        assertThat(payment.path("taxFreeAmount").asLong()).isEqualTo(taxFree);
        assertThat(payment.path("totalAmount").isNumber()).isTrue();
    }

    @Test
    void the_words_in_it_are_english_when_english_is_preferred() {
        String paymentKey = sandbox.authenticated(orderId);

        Answer english = sandbox.confirm(paymentKey, orderId, "Accept-Language", "en-US");

        assertThat(english.text("method")).isEqualTo("CARD");
        assertThat(english.json().at("/card/cardType").asString()).isEqualTo("CREDIT");
        assertThat(sandbox.payment(paymentKey).text("method")).isEqualTo("카드");
    }
}
