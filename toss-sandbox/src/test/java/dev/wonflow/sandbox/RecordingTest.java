package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Keys, numbers and addresses as recorded answers of Toss have them. */
class RecordingTest {

    private static final String TXRD = "txrd_a01[0-9a-hjkmnp-tv-z]{24}";
    private static final String HEX = "[0-9A-F]{32}";
    private static final String RECEIPTS = "https://dashboard-sandbox.tosspayments.com/receipt/";

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final Till till = new Till(sandbox);
    private final String orderId = RunningSandbox.newOrderId();

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"method\": \"간편결제\"}", "{\"method\": \"계좌이체\"}", "{\"method\": \"휴대폰\"}"})
    void transactions_have_keys_of_32_characters_that_begin_alike(String choice) {
        Answer paid = till.paid(orderId, 10_000, choice);
        assertThat(paid.text("lastTransactionKey")).matches(TXRD).hasSize(32);

        Answer canceled = till.cancelBecause(paid.text("paymentKey"));

        assertThat(canceled.json().at("/cancels/0/transactionKey").asString()).matches(TXRD);
        assertThat(canceled.text("lastTransactionKey"))
                .isEqualTo(canceled.json().at("/cancels/0/transactionKey").asString())
                // The beginning is the time.
                .isGreaterThan(paid.text("lastTransactionKey").substring(0, 15));
    }

    @Test
    void those_of_a_virtual_account_are_hexadecimal() {
        String paymentKey = till.waiting(orderId, 10_000);
        assertThat(sandbox.payment(paymentKey).text("lastTransactionKey")).matches(HEX);
        assertThat(till.deposit(paymentKey, "").text("lastTransactionKey")).matches(HEX);
        assertThat(sandbox.post("/control/payments/" + paymentKey + "/reverse-deposit", "")
                        .text("lastTransactionKey"))
                .matches(HEX);
        assertThat(till.cancelBecause(paymentKey).text("lastTransactionKey")).matches(HEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"method\": \"가상계좌\"}", "{\"method\": \"계좌이체\"}"})
    void a_secret_has_31_characters(String choice) {
        assertThat(till.paid(orderId, 10_000, choice).text("secret"))
                .matches("ps_[0-9A-Za-z]{28}")
                .hasSize(31);
    }

    @Test
    void a_card_is_approved_under_eight_zeros() {
        assertThat(till.paid(orderId, 10_000, "{}").json().at("/card/approveNo").asString())
                .isEqualTo("00000000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | redirection",
                "{\"method\": \"간편결제\"} | redirection",
                "{\"method\": \"계좌이체\"} | redirection",
                "{\"method\": \"가상계좌\"} | payment-detail/bank-transfer"
            })
    void receipts_of_test_payments_have_a_host_of_their_own(String choice, String path) {
        Answer paid = till.paid(orderId, 10_000, choice);
        String expected = RECEIPTS + path + "?transactionId=" + paid.text("paymentKey") + "&ref=PX";

        assertThat(paid.json().at("/receipt/url").asString()).isEqualTo(expected);
        JsonNode rows = sandbox.get("/v1/transactions?startDate=2020-01-01&endDate=2100-01-01&limit=5000")
                .json();
        assertThat(rows)
                .filteredOn(row -> row.path("orderId").asString().equals(orderId))
                .extracting(row -> row.path("receiptUrl").asString())
                .containsExactly(expected);
    }

    @Test
    void a_cash_receipt_has_a_key_of_48_characters_and_no_business_with_a_test_key() {
        JsonNode issued =
                sandbox.post("/v1/cash-receipts", """
                        {"amount": 10000, "orderId": "%s", "orderName": "머그컵", "type": "소득공제",
                         "customerIdentityNumber": "01012345678"}""".formatted(orderId)).json();

        assertThat(issued.propertyNames())
                .containsExactly(
                        "receiptKey",
                        "orderId",
                        "orderName",
                        "type",
                        "issueNumber",
                        "receiptUrl",
                        "businessNumber",
                        "transactionType",
                        "amount",
                        "taxFreeAmount",
                        "issueStatus",
                        "failure",
                        "customerIdentityNumber",
                        "requestedAt");
        assertThat(issued.path("receiptKey").asString()).matches("[0-9A-Za-z]{48}");
        assertThat(issued.path("businessNumber").asString()).isEmpty();
        assertThat(issued.path("receiptUrl").asString())
                .isEqualTo("https://dashboard-sandbox.tosspayments.com/receipts/cash-receipt/" + orderId
                        + "/tvivarepublica?ref=PX");
    }

    @Test
    void the_cash_receipt_of_a_payment_looks_alike() {
        String paymentKey = till.open(
                orderId, 10_000, "\"cashReceipt\": {\"type\": \"소득공제\", \"registrationNumber\": \"01012345678\"}");
        till.authenticate(paymentKey, "{\"method\": \"TRANSFER\"}");

        JsonNode paid = till.confirm(paymentKey, orderId, 10_000).json();

        assertThat(paid.at("/cashReceipt/receiptKey").asString()).matches("[0-9A-Za-z]{48}");
        assertThat(paid.at("/cashReceipts/0/businessNumber").asString()).isEmpty();
        assertThat(paid.at("/cashReceipt/receiptUrl").asString())
                .isEqualTo(paid.at("/cashReceipts/0/receiptUrl").asString())
                .isEqualTo("https://dashboard-sandbox.tosspayments.com/receipts/cash-receipt/" + orderId
                        + "/tvivarepublica?ref=PX");
    }

    @Test
    void who_issues_cash_receipts_can_be_set() {
        try (RunningSandbox other = RunningSandbox.start("wonflow.sandbox.receipt.business-number=1234567890")) {
            assertThat(other.post("/v1/cash-receipts", """
                                    {"amount": 10000, "orderId": "%s", "orderName": "머그컵", "type": "소득공제",
                                     "customerIdentityNumber": "01012345678"}""".formatted(orderId)).text("businessNumber"))
                    .isEqualTo("1234567890");
        }
    }
}
