package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What clients write in another form than the documentation does, and mean all the same. */
class HarmlessFormTest {

    private static final String ASSUMPTIONS = "wonflow.sandbox.assumptions.";

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final Till till = new Till(sandbox);
    private final String orderId = RunningSandbox.newOrderId();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/transactions?startDate=2026-01-01&endDate=2026-01-02&startingAfter=&limit=",
                "/v1/settlements?startDate=2026-01-01&endDate=2026-01-02&dateType=&page=&size=",
                "/v1/cash-receipts?requestDate=2026-01-05&cursor=&limit=",
                "/v2/sellers?startingAfter=&limit=",
                "/v2/payouts?startingAfter=&limit="
            })
    void an_empty_parameter_is_none(String query) {
        Answer answer = sandbox.get(query);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/transactions?startDate=&endDate=2026-01-02, INVALID_REQUEST",
        "/v1/settlements?startDate=2026-01-01&endDate=, INVALID_REQUEST",
        "/v1/cash-receipts?requestDate=, INVALID_REQUIRED_PARAM"
    })
    void an_empty_parameter_that_is_required_is_missing(String query, String code) {
        assertRefused(sandbox.get(query), code);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 99})
    void a_page_of_settlements_may_be_small(int size) {
        assertThat(sandbox.get("/v1/settlements?startDate=2026-01-01&endDate=2026-01-02&size=" + size)
                        .body())
                .isEqualTo("[]");
    }

    /** As a live account was seen to be issued. */
    @Test
    void a_virtual_account_is_issued_for_numbers_where_texts_belong_and_a_text_where_a_number_does() {
        Answer issued = sandbox.post("/v1/virtual-accounts", """
                {"validHours": "1", "amount": 30000, "bank": 11, "customerName": "김하늘", "orderId": 71,
                 "orderName": "머그컵", "accountKey": 558}""");

        assertThat(issued.status()).as(issued.body()).isEqualTo(200);
        assertThat(issued.text("orderId")).isEqualTo("71");
        assertThat(issued.json().at("/virtualAccount/accountType").asString()).isEqualTo("고정");
        assertThat(issued.json().at("/virtualAccount/bankCode").asString()).isEqualTo("11");
        assertThat(sandbox.get("/v1/payments/orders/71").text("paymentKey")).isEqualTo(issued.text("paymentKey"));
    }

    @Test
    void short_order_ids_and_fixed_accounts_can_be_switched_off() {
        try (RunningSandbox other = RunningSandbox.start(
                ASSUMPTIONS + "short-order-id-of-virtual-account=false", ASSUMPTIONS + "fixed-accounts=false")) {
            String usual = "\"amount\": 30000, \"bank\": \"11\", \"customerName\": \"김하늘\", \"orderName\": \"머그컵\"";

            assertRefused(
                    other.post("/v1/virtual-accounts", "{" + usual + ", \"orderId\": \"71\"}"), "INVALID_ORDER_ID");
            for (String fixed : List.of("\"accountType\": \"고정\", \"accountKey\": \"558\"", "\"accountKey\": 558")) {
                assertRefused(
                        other.post("/v1/virtual-accounts", "{" + usual + ", \"orderId\": \"order-71\", " + fixed + "}"),
                        "NOT_SUPPORTED_METHOD");
            }
            assertThat(other.post("/v1/virtual-accounts", "{" + usual + ", \"orderId\": \"order-71\"}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void an_order_id_without_a_window_is_short_for_a_virtual_account_only() {
        assertRefused(sandbox.post("/v1/payments", RunningSandbox.sessionOf("71", 33_000)), "INVALID_ORDER_ID");
    }

    @Test
    void a_card_is_charged_by_numbers() {
        Answer paid = sandbox.post("/v1/payments/key-in", """
                {"amount": "60000", "orderId": "%s", "orderName": 7, "cardNumber": 9410001234567890,
                 "cardExpirationYear": 99, "cardExpirationMonth": 12, "customerIdentityNumber": 900101,
                 "cardPassword": 12, "cardInstallmentPlan": "3", "useCardPoint": "true",
                 "customerMobilePhone": 821012345678, "customerIp": "", "vbv": {"eci": 5}}""".formatted(orderId));

        assertThat(paid.status()).as(paid.body()).isEqualTo(200);
        assertThat(paid.text("orderName")).isEqualTo("7");
        assertThat(paid.json().at("/card/number").asString()).isEqualTo("94100012****789*");
        assertThat(paid.json().at("/card/installmentPlanMonths").asInt()).isEqualTo(3);
        assertThat(paid.json().at("/card/useCardPoint").asBoolean()).isTrue();
    }

    @Test
    void a_card_gets_a_billing_key_by_numbers_and_an_order_of_digits_is_charged() {
        Answer issued = sandbox.post("/v1/billing/authorizations/card", """
                {"customerKey": 4711, "cardNumber": 9410001234567890, "cardExpirationYear": 99,
                 "cardExpirationMonth": 12, "customerIdentityNumber": 900101, "customerEmail": ""}""");
        assertThat(issued.text("customerKey")).as(issued.body()).isEqualTo("4711");
        String digits = orderId.replaceAll("[^0-9]", "") + "000000";

        Answer charged = sandbox.post("/v1/billing/" + issued.text("billingKey"), """
                {"amount": "4900", "customerKey": 4711, "orderId": %s, "orderName": "구독", "taxFreeAmount": "",
                 "cardInstallmentPlan": ""}""".formatted(digits));

        assertThat(charged.text("status")).as(charged.body()).isEqualTo("DONE");
        assertThat(charged.text("orderId")).isEqualTo(digits);
    }

    @Test
    void what_a_shop_knows_nothing_of_may_be_an_empty_text() {
        Answer opened = sandbox.post(
                "/v1/payments",
                Till.sessionOf(
                        orderId,
                        33_000,
                        "\"customerEmail\": \"\"",
                        "\"customerMobilePhone\": \"\"",
                        "\"customerName\": \"\"",
                        "\"taxFreeAmount\": \"\"",
                        "\"validHours\": \"\"",
                        "\"useEscrow\": \"\"",
                        "\"currency\": \"\"",
                        "\"flowMode\": \"\"",
                        "\"cardCompany\": \"\"",
                        "\"easyPay\": \"\"",
                        "\"metadata\": []"));

        assertThat(opened.text("status")).as(opened.body()).isEqualTo("READY");
    }

    @Test
    void a_cancel_says_numbers_as_texts_and_texts_as_numbers() {
        String paymentKey = till.deposited(orderId, 10_000);

        Answer canceled = till.cancel(paymentKey, """
                {"cancelReason": 1, "cancelAmount": "4000", "taxFreeAmount": "", "refundableAmount": "", "currency": "",
                 "refundReceiveAccount": {"bank": 88, "accountNumber": 110123456789, "holderName": "김하늘"}}""");

        assertThat(canceled.text("status")).as(canceled.body()).isEqualTo("PARTIAL_CANCELED");
        assertThat(canceled.json().at("/cancels/0/cancelReason").asString()).isEqualTo("1");
        assertThat(till.cancelBecause(
                                paymentKey,
                                "\"cancelAmount\": \"\"",
                                "\"refundReceiveAccount\": {\"bank\": \"88\", \"accountNumber\": \"110123456789\", \"holderName\": \"김하늘\"}")
                        .json()
                        .path("balanceAmount")
                        .asLong())
                .isZero();
    }

    @Test
    void a_cash_receipt_is_issued_by_numbers_and_cancelled_by_an_empty_list() {
        Answer issued = sandbox.post("/v1/cash-receipts", """
                {"amount": "33000", "orderId": "%s", "orderName": "머그컵", "type": "지출증빙", "businessNumber": 1234567890,
                 "customerIdentityNumber": 1234567890, "taxFreeAmount": ""}""".formatted(orderId));
        assertThat(issued.status()).as(issued.body()).isEqualTo(200);
        assertThat(issued.text("customerIdentityNumber")).isEqualTo("1234567890");

        // What PHP makes of having nothing to say.
        Answer canceled = sandbox.post("/v1/cash-receipts/" + issued.text("receiptKey") + "/cancel", "[]");

        assertThat(canceled.json().path("amount").asLong()).as(canceled.body()).isEqualTo(33_000);
    }

    @Test
    void a_seller_is_registered_and_paid_by_numbers() {
        JsonNode seller = sandbox.post("/v2/sellers", """
                        {"refSellerId": "%s", "businessType": "CORPORATE",
                         "company": {"name": "데모상회", "representativeName": "이데모", "email": "a@example.com",
                                     "businessRegistrationNumber": 1112233333, "phone": 821000000000},
                         "account": {"bankCode": "092", "accountNumber": 1000000000001, "holderName": "이데모"},
                         "metadata": {"count": 3}}""".formatted(orderId)).json();
        assertThat(seller.at("/entityBody/company/businessRegistrationNumber").asString())
                .as(seller.toString())
                .isEqualTo("1112233333");
        assertThat(seller.at("/entityBody/metadata/count").asString()).isEqualTo("3");

        JsonNode payout = sandbox.post("/v2/payouts", """
                        [{"refPayoutId": "%s", "destination": "%s", "scheduleType": "EXPRESS", "payoutDate": "",
                          "amount": {"currency": "KRW", "value": "1000"}, "transactionDescription": 3}]""".formatted(
                                orderId, seller.at("/entityBody/id").asString()))
                .json();
        assertThat(payout.at("/entityBody/items/0/transactionDescription").asString())
                .as(payout.toString())
                .isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.5", "1e3", "true", "{}", "[7]"})
    void what_is_neither_text_nor_a_whole_number_is_no_text(String name) {
        assertRefused(
                sandbox.post(
                        "/v1/payments",
                        RunningSandbox.sessionOf(orderId, 33_000).replace("\"머그컵 외 1건\"", name)),
                "INVALID_REQUEST");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "\"true\", true", "\"FALSE\", false", "1, true", "0, false", "\"\", false", "null, false"
    })
    void a_flag_may_be_a_text_or_a_number(String said, boolean meant) {
        Answer opened = sandbox.post("/v1/payments", Till.sessionOf(orderId, 33_000, "\"useEscrow\": " + said));

        assertThat(opened.json().path("useEscrow").asBoolean())
                .as(opened.body())
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yes\"", "2", "1.0", "{}"})
    void a_flag_is_nothing_else(String said) {
        assertRefused(
                sandbox.post("/v1/payments", Till.sessionOf(orderId, 33_000, "\"useEscrow\": " + said)),
                "INVALID_REQUEST");
    }

    /** That it fails is reported of the real API, unlike of virtual accounts. */
    @Test
    void a_confirm_does_not_take_a_number_for_an_order_unless_the_sandbox_is_told_so() {
        String digits = orderId.replaceAll("[^0-9]", "") + "00000000";
        String paymentKey = till.open(digits, 10_000);
        till.authenticate(paymentKey, "{}");
        String body = RunningSandbox.confirmOf(paymentKey, digits, 10_000).replace("\"" + digits + "\"", digits);
        assertRefused(sandbox.post("/v1/payments/confirm", body), "INVALID_REQUEST");

        try (RunningSandbox other = RunningSandbox.start(ASSUMPTIONS + "confirm-of-order-number=true")) {
            Till itsTill = new Till(other);
            String itsKey = itsTill.open(digits, 10_000);
            itsTill.authenticate(itsKey, "{}");
            assertThat(other.post("/v1/payments/confirm", body.replace(paymentKey, itsKey))
                            .text("orderId"))
                    .isEqualTo(digits);
        }
    }

    @Test
    void an_empty_test_code_is_none() {
        assertThat(sandbox.post("/v1/payments", RunningSandbox.sessionOf(orderId, 33_000), "TossPayments-Test-Code", "")
                        .text("status"))
                .isEqualTo("READY");
    }

    @Test
    void a_path_may_end_in_a_slash() {
        String paymentKey = sandbox.post("/v1/payments/", RunningSandbox.sessionOf(orderId, 33_000))
                .text("paymentKey");
        till.authenticate(paymentKey, "{}");
        Answer confirmed = sandbox.post("/v1/payments/confirm/", RunningSandbox.confirmOf(paymentKey, orderId, 33_000));

        assertThat(confirmed.text("status")).as(confirmed.body()).isEqualTo("DONE");
        assertThat(sandbox.get("/v1/payments/" + paymentKey + "/").body()).isEqualTo(confirmed.body());
        assertThat(sandbox.get("/v1/payments/orders/" + orderId + "/").body()).isEqualTo(confirmed.body());
        assertThat(sandbox.get("/v1/transactions/?startDate=2026-01-01&endDate=2026-01-02")
                        .status())
                .isEqualTo(200);
        assertThat(sandbox.get("/v2/balances/").status()).isEqualTo(200);
        assertThat(sandbox.get("/control/calls?orderId=" + orderId).json())
                .extracting(call -> call.path("path").asString())
                .contains("/v1/payments", "/v1/payments/confirm");
    }

    @Test
    void a_path_that_ends_in_a_slash_needs_a_key_as_well() {
        assertThat(sandbox.send(sandbox.request("/v1/promotions/")).status()).isEqualTo(401);
        assertThat(sandbox.send(sandbox.request("/v1/")).status()).isEqualTo(401);
        assertThat(sandbox.send(sandbox.request("/v2/")).status()).isEqualTo(401);
    }

    @Test
    void a_path_that_ends_in_a_slash_is_unknown_if_the_sandbox_is_told_so() {
        try (RunningSandbox other = RunningSandbox.start(ASSUMPTIONS + "trailing-slash=false")) {
            Answer answer = other.send(other.toss("/v1/payments/confirm/").POST(BodyPublishers.ofString("{}")));

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text("code")).isEqualTo("NOT_FOUND");
        }
    }

    private static void assertRefused(Answer answer, String code) {
        assertThat(answer.text("code")).as(answer.body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(400);
    }
}
