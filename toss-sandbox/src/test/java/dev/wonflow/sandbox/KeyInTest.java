package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyInTest {

    private static final String CARD = "9410001234567890";

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final Till till = new Till(sandbox);
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void a_card_number_is_charged_at_once_and_announced() {
        Answer paid = keyIn(CARD);

        assertThat(paid.status()).isEqualTo(200);
        assertThat(paid.text("status")).isEqualTo("DONE");
        assertThat(paid.text("type")).isEqualTo("NORMAL");
        assertThat(paid.text("method")).isEqualTo("카드");
        assertThat(paid.json().path("approvedAt").isNull()).isFalse();
        assertThat(paid.json().at("/card/number").asString()).isEqualTo("94100012****789*");
        assertThat(paid.json().at("/card/issuerCode").asString()).isEqualTo("21");
        assertThat(paid.body()).doesNotContain(CARD);
        assertThat(sandbox.get("/v1/payments/orders/" + orderId).body()).isEqualTo(paid.body());
        assertThat(sandbox.webhooks(orderId)).hasSize(1);
    }

    @Test
    void an_order_is_paid_by_card_number_once() {
        keyIn(CARD);

        Answer again = keyIn(CARD);

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text("code")).isEqualTo("DUPLICATED_ORDER_ID");
    }

    @Test
    void of_many_charges_of_one_order_at_once_exactly_one_goes_through() throws Exception {
        Callable<Integer> charge = () -> keyIn(CARD).status();

        List<Future<Integer>> answers;
        try (ExecutorService clerks = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = clerks.invokeAll(Stream.generate(() -> charge).limit(20).toList());
        }

        assertThat(answers.stream().map(Future::resultNow).filter(status -> status == 200))
                .hasSize(1);
    }

    @Test
    void a_gift_card_is_cancelled_whole_or_not_at_all() {
        Answer paid = keyIn("9410007700000001");
        assertThat(paid.json().at("/card/cardType").asString()).isEqualTo("기프트");
        assertThat(paid.json().path("isPartialCancelable").asBoolean()).isFalse();

        Answer part = till.cancelBecause(paid.text("paymentKey"), "\"cancelAmount\": 1000");

        assertThat(part.status()).isEqualTo(403);
        assertThat(part.text("code")).isEqualTo("NOT_ALLOWED_PARTIAL_REFUND");
        assertThat(till.cancelBecause(paid.text("paymentKey")).text("status")).isEqualTo("CANCELED");
    }

    @ParameterizedTest
    @CsvSource({"true, true, MERCHANT", "false, false, BUYER"})
    void the_merchant_can_pay_the_interest_of_instalments(boolean asked, boolean free, String payer) {
        Answer paid = sandbox.post(
                "/v1/payments/key-in",
                keyInOf(CARD)
                        .replace(
                                "\"cardInstallmentPlan\": 0",
                                "\"cardInstallmentPlan\": 3, \"useFreeInstallmentPlan\": " + asked));

        assertThat(paid.json().at("/card/isInterestFree").asBoolean()).isEqualTo(free);
        assertThat(paid.json().at("/card/interestPayer").asString()).isEqualTo(payer);
    }

    @Test
    void a_debit_card_is_cancelled_in_parts_as_a_credit_card_is() {
        Answer paid = keyIn("9410007700000002");
        assertThat(paid.json().at("/card/cardType").asString()).isEqualTo("체크");

        assertThat(till.cancelBecause(paid.text("paymentKey"), "\"cancelAmount\": 1000")
                        .text("status"))
                .isEqualTo("PARTIAL_CANCELED");
    }

    @ParameterizedTest
    @CsvSource({
        "4330121234567890, NOT_SUPPORTED_CARD_TYPE",
        "9410009900000001, REJECT_CARD_PAYMENT",
        "9410009900000002, REJECT_CARD_COMPANY",
        "9410009900000003, INVALID_STOPPED_CARD",
        "9410009900000004, INVALID_CARD_LOST_OR_STOLEN",
        "9410009900000005, INVALID_REJECT_CARD",
        "9410009900000006, EXCEED_MAX_AUTH_COUNT",
        "9410009900000007, FAILED_CARD_COMPANY_RESPONSE"
    })
    void a_declining_number_declines_and_leaves_no_payment(String number, String code) {
        Answer declined = keyIn(number);

        assertThat(declined.text("code")).isEqualTo(code);
        assertThat(sandbox.get("/v1/payments/orders/" + orderId).text("code")).isEqualTo("NOT_FOUND_PAYMENT");
        assertThat(keyIn(CARD).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9410001234567890 | 941000 | INVALID_CARD_NUMBER",
                "9410001234567890 | 9410-0012-3456-7890 | INVALID_CARD_NUMBER",
                "\"99\" | \"25\" | INVALID_CARD_EXPIRATION",
                "\"99\" | \"2099\" | INVALID_CARD_EXPIRATION",
                "\"12\" | \"13\" | INVALID_CARD_EXPIRATION",
                "\"12\" | 12.5 | INVALID_REQUEST",
                "\"12\" | 1 | INVALID_CARD_EXPIRATION",
                "\"900101\" | \"9001\" | INVALID_BIRTH_DAY_FORMAT",
                "\"cardPassword\": \"12\" | \"cardPassword\": \"1234\" | INVALID_CARD_PASSWORD",
                "\"amount\": 60000 | \"amount\": 99 | BELOW_MINIMUM_AMOUNT",
                "\"amount\": 60000 | \"amount\": 0 | BELOW_ZERO_AMOUNT",
                "\"amount\": 60000 | \"amount\": -1 | BELOW_ZERO_AMOUNT",
                "\"amount\": 60000 | \"amount\": 100.5 | INVALID_REQUEST",
                "\"amount\": 60000, |  | INVALID_REQUEST",
                "\"cardInstallmentPlan\": 0 | \"cardInstallmentPlan\": 1 | INVALID_CARD_INSTALLMENT_PLAN",
                "\"cardInstallmentPlan\": 0 | \"cardInstallmentPlan\": 13 | EXCEED_MAX_CARD_INSTALLMENT_PLAN",
                "\"customerName\": \"김하늘\" | \"customerEmail\": \"nobody\" | INVALID_EMAIL",
                "\"orderName\": \"머그컵\" | \"orderName\": \" \" | INVALID_ORDER_NAME",
                "\"customerName\": \"김하늘\" | \"customerIp\": true | INVALID_REQUEST",
                "\"customerName\": \"김하늘\" | \"vbv\": \"05\" | INVALID_REQUEST",
                "\"customerName\": \"김하늘\" | \"vbv\": {\"eci\": {}} | INVALID_REQUEST"
            })
    void a_charge_that_makes_no_sense_is_refused(String from, String to, String code) {
        Answer refused = sandbox.post("/v1/payments/key-in", keyInOf(CARD).replace(from, to == null ? "" : to));

        assertThat(refused.text("code")).isEqualTo(code);
        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void ten_digits_of_a_business_make_it_a_corporate_card_and_instalments_are_shown() {
        Answer paid = sandbox.post(
                "/v1/payments/key-in",
                keyInOf(CARD)
                        .replace("900101", "1112233333")
                        .replace("\"cardInstallmentPlan\": 0", "\"cardInstallmentPlan\": 6, \"useCardPoint\": true")
                        .replace(
                                "\"customerName\"",
                                "\"vbv\": {\"eci\": \"05\"}, \"customerIp\": \"1.2.3.4\", \"customerName\""));

        assertThat(paid.json().at("/card/ownerType").asString()).isEqualTo("법인");
        assertThat(paid.json().at("/card/installmentPlanMonths").asInt()).isEqualTo(6);
        assertThat(paid.json().at("/card/useCardPoint").asBoolean()).isTrue();
    }

    private Answer keyIn(String number) {
        return sandbox.post("/v1/payments/key-in", keyInOf(number));
    }

    private String keyInOf(String number) {
        return """
            {"amount": 60000, "orderId": "%s", "orderName": "머그컵", "customerName": "김하늘", "cardNumber": "%s",
             "cardExpirationYear": "99", "cardExpirationMonth": "12", "customerIdentityNumber": "900101",
             "cardPassword": "12", "cardInstallmentPlan": 0}
            """.formatted(orderId, number);
    }
}
