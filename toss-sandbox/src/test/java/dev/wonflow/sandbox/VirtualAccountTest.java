package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class VirtualAccountTest {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final Till till = new Till(sandbox);
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void an_account_is_issued_without_a_window_and_waits_for_a_week() {
        Answer issued = issue("");

        assertThat(issued.status()).isEqualTo(200);
        JsonNode payment = issued.json();
        assertThat(payment.path("status").asString()).isEqualTo("WAITING_FOR_DEPOSIT");
        assertThat(payment.path("method").asString()).isEqualTo("가상계좌");
        assertThat(payment.path("approvedAt").isNull()).isTrue();
        assertThat(payment.path("secret").asString()).startsWith("ps_");
        JsonNode account = payment.path("virtualAccount");
        assertThat(account.propertyNames())
                .containsExactly(
                        "accountNumber",
                        "accountType",
                        "bankCode",
                        "customerName",
                        "depositorName",
                        "dueDate",
                        "expired",
                        "settlementStatus",
                        "refundStatus",
                        "refundReceiveAccount");
        assertThat(account.path("accountNumber").asString()).matches("X[0-9]{13}");
        assertThat(account.path("customerName").asString()).isEqualTo("김하늘");
        assertThat(account.path("accountType").asString()).isEqualTo("일반");
        assertThat(valid(payment)).isEqualTo(Duration.ofDays(7));
        assertThat(sandbox.webhooks(orderId)).hasSize(2);
    }

    @Test
    void a_deposit_fills_in_what_only_a_deposit_knows() {
        Answer issued = issue("");
        String paymentKey = issued.text("paymentKey");

        JsonNode payment = till.deposit(paymentKey, "{\"amount\": 20000, \"depositorName\": \"이바다\"}")
                .json();

        assertThat(payment.path("status").asString()).isEqualTo("DONE");
        assertThat(payment.path("approvedAt").isNull()).isFalse();
        assertThat(payment.at("/virtualAccount/depositorName").asString()).isEqualTo("이바다");
        assertThat(payment.at("/virtualAccount/settlementStatus").asString()).isEqualTo("INCOMPLETED");
        assertThat(payment.path("lastTransactionKey").asString()).isNotEqualTo(issued.text("lastTransactionKey"));
    }

    @ParameterizedTest
    @ValueSource(longs = {19_999, 20_001, 0, -20_000})
    void the_bank_refuses_any_other_amount(long amount) {
        String paymentKey = issue("").text("paymentKey");

        Answer refused = till.deposit(paymentKey, "{\"amount\": " + amount + "}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("message")).contains("exactly 20000 won");
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("WAITING_FOR_DEPOSIT");
        assertThat(sandbox.webhooks(orderId)).hasSize(2);
    }

    @Test
    void a_deposit_can_be_taken_back_by_the_bank_and_made_again() {
        String paymentKey = issue("").text("paymentKey");
        assertThat(reverse(paymentKey).status()).isEqualTo(409);
        String firstDeposit = till.deposit(paymentKey, "").text("lastTransactionKey");

        JsonNode reversed = reverse(paymentKey).json();

        assertThat(reversed.path("status").asString()).isEqualTo("WAITING_FOR_DEPOSIT");
        assertThat(reversed.path("approvedAt").isNull()).isTrue();
        assertThat(reversed.path("balanceAmount").asLong()).isEqualTo(20_000);
        assertThat(reversed.at("/virtualAccount/depositorName").isNull()).isTrue();
        assertThat(reversed.path("lastTransactionKey").asString()).isNotEqualTo(firstDeposit);
        assertThat(till.deposit(paymentKey, "").text("status")).isEqualTo("DONE");
        assertThat(sandbox.webhooks(orderId))
                .filteredOn(webhook -> webhook.path("eventType").isNull())
                .extracting(
                        webhook -> webhook.path("body").asString().replaceAll("(?s).*\"status\":\"([A-Z_]+)\".*", "$1"))
                .containsExactly("WAITING_FOR_DEPOSIT", "DONE", "WAITING_FOR_DEPOSIT", "DONE");
    }

    @Test
    void a_card_payment_has_no_deposit_to_take_back() {
        assertThat(reverse(till.done(orderId, 10_000)).status()).isEqualTo(409);
        assertThat(reverse("nobody").text("code")).isEqualTo("NOT_FOUND_PAYMENT");
    }

    @Test
    void when_it_is_due_nothing_happens_but_that_no_deposit_is_taken() {
        String paymentKey = issue("\"validHours\": 1,").text("paymentKey");

        sandbox.advance("PT1H1M");

        JsonNode payment = sandbox.payment(paymentKey).json();
        assertThat(payment.path("status").asString()).isEqualTo("WAITING_FOR_DEPOSIT");
        assertThat(payment.at("/virtualAccount/expired").asBoolean()).isTrue();
        assertThat(sandbox.webhooks(orderId)).hasSize(2);
        assertThat(till.deposit(paymentKey, "").status()).isEqualTo(409);
        assertThat(till.cancelBecause(paymentKey).text("status")).isEqualTo("CANCELED");
    }

    @Test
    void it_is_valid_for_hours_or_until_a_date() {
        assertThat(valid(issue("\"validHours\": 2160,").json())).isEqualTo(Duration.ofDays(90));

        String dueDate = inSeoul(Duration.ofDays(3));
        JsonNode until = issueOf(RunningSandbox.newOrderId(), "\"dueDate\": \"" + dueDate + "\",")
                .json();
        assertThat(until.at("/virtualAccount/dueDate").asString()).isEqualTo(dueDate + "+09:00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"validHours\": 1, \"dueDate\": \"2099-01-01T00:00:00\", | INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE",
                "\"validHours\": 2161, | EXCEED_MAX_VALID_HOURS",
                "\"validHours\": 0, | INVALID_REQUEST",
                "\"validHours\": -1, | INVALID_REQUEST",
                "\"dueDate\": \"2099-01-01T00:00:00\", | EXCEED_MAX_DUE_DATE",
                "\"dueDate\": \"2020-01-01T00:00:00\", | INVALID_DATE",
                "\"dueDate\": \"2099-01-01\", | INVALID_DATE",
                "\"dueDate\": \"tomorrow\", | INVALID_DATE",
                "\"accountType\": \"고정\", | REQUIRED_ACCOUNT_KEY",
                "\"accountType\": \"임시\", | INVALID_REQUEST",
                "\"accountType\": \"고정\", \"accountKey\": \"12345678901234\", | INVALID_REQUEST",
                "\"cashReceipt\": {\"type\": \"기타\", \"registrationNumber\": \"01012345678\"}, | INVALID_REGISTRATION_NUMBER_TYPE",
                "\"cashReceipt\": {}, | INVALID_REQUEST",
                "\"escrowProducts\": {}, | INVALID_REQUEST",
                "\"escrowProducts\": [1], | INVALID_REQUEST",
                "\"escrowProducts\": [{\"id\": true}], | INVALID_REQUEST",
                "\"escrowProducts\": [{\"id\": \"1\", \"unitPrice\": true}], | INVALID_REQUEST",
                "\"cashReceipt\": \"소득공제\", | INVALID_REQUEST"
            })
    void an_account_toss_would_not_issue_is_refused(String members, String code) {
        assertRefused(issue(members), code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"88\" | \"99\" | INVALID_BANK",
                "\"88\" | \"92\" | INVALID_BANK",
                "\"88\" | \"현대\" | INVALID_BANK",
                "\"88\" | 6 | INVALID_BANK",
                "\"88\" | [88] | INVALID_REQUEST",
                "\"customerName\": \"김하늘\", | '' | INVALID_REQUEST",
                "김하늘 | '' | INVALID_REQUEST",
                "20000 | 199 | BELOW_MINIMUM_AMOUNT",
                "20000 | 0 | BELOW_ZERO_AMOUNT",
                "\"orderName\": \"머그컵\", | '' | INVALID_REQUEST"
            })
    void a_member_toss_would_not_take_is_refused(String from, String to, String code) {
        assertRefused(
                sandbox.post("/v1/virtual-accounts", issueBody(orderId, "").replace(from, to)), code);
    }

    @ParameterizedTest
    @CsvSource({
        "39, 39",
        "광주, 34",
        "국민, 06",
        "기업, 03",
        "농협, 11",
        "iM, 31",
        "대구, 31",
        "부산, 32",
        "새마을, 45",
        "수협, 07",
        "SHINHAN, 88",
        "우리, 20",
        "우체국, 71",
        "하나, 81"
    })
    void the_issuing_banks_are_known_by_code_and_name(String bank, String code) {
        Answer issued =
                sandbox.post("/v1/virtual-accounts", issueBody(orderId, "").replace("\"88\"", "\"" + bank + "\""));

        assertThat(issued.json().at("/virtualAccount/bankCode").asString()).isEqualTo(code);
    }

    @Test
    void a_fixed_account_and_escrow_are_shown() {
        JsonNode payment = issue(
                        "\"accountType\": \"고정\", \"accountKey\": \"1234567890123\", \"useEscrow\": true,"
                                + "\"escrowProducts\": [{\"id\": \"1\", \"name\": \"머그컵\", \"unitPrice\": 20000, \"quantity\": 1}],")
                .json();

        assertThat(payment.at("/virtualAccount/accountType").asString()).isEqualTo("고정");
        assertThat(payment.path("useEscrow").asBoolean()).isTrue();
    }

    @Test
    void an_order_that_was_accepted_before_gets_no_account() {
        till.done(orderId, 10_000);

        assertRefused(issue(""), "DUPLICATED_ORDER_ID");
    }

    @Test
    void the_cash_receipt_comes_with_the_deposit_and_is_cancelled_with_it() {
        String paymentKey = issue("\"cashReceipt\": {\"type\": \"소득공제\", \"registrationNumber\": \"01012345678\"},")
                .text("paymentKey");
        assertThat(sandbox.payment(paymentKey).json().path("cashReceipt").isNull())
                .isTrue();

        JsonNode paid = till.deposit(paymentKey, "").json();
        assertThat(paid.path("cashReceipt").propertyNames())
                .containsExactly("type", "receiptKey", "issueNumber", "receiptUrl", "amount", "taxFreeAmount");
        assertThat(paid.at("/cashReceipt/type").asString()).isEqualTo("소득공제");
        assertThat(paid.at("/cashReceipt/issueNumber").asString()).matches("[0-9]{9}");
        assertThat(paid.at("/cashReceipts/0/transactionType").asString()).isEqualTo("CONFIRM");
        assertThat(paid.at("/cashReceipts/0/customerIdentityNumber").asString()).isEqualTo("01012345678");

        JsonNode canceled = till.cancelBecause(
                        paymentKey,
                        "\"refundReceiveAccount\": {\"bank\": \"88\", \"accountNumber\": \"110123456789\", \"holderName\": \"김하늘\"}")
                .json();
        assertThat(canceled.at("/cashReceipts/1/transactionType").asString()).isEqualTo("CANCEL");
        assertThat(canceled.at("/cancels/0/receiptKey").asString())
                .isEqualTo("c_" + paid.at("/cashReceipt/receiptKey").asString())
                .isEqualTo(canceled.at("/cashReceipts/1/receiptKey").asString());
    }

    @Test
    void the_tax_office_decides_a_day_later_about_the_receipt_of_a_payment_too_and_refuses_some_numbers() {
        try (RunningSandbox own = RunningSandbox.start()) {
            String agreed = paidWithReceipt(own, "01012345678");
            String refused = paidWithReceipt(own, "010-9999-0003");
            assertThat(own.payment(refused)
                            .json()
                            .at("/cashReceipts/0/issueStatus")
                            .asString())
                    .isEqualTo("IN_PROGRESS");

            own.advance("P1D");

            assertThat(own.payment(agreed)
                            .json()
                            .at("/cashReceipts/0/issueStatus")
                            .asString())
                    .isEqualTo("COMPLETED");
            JsonNode failed = own.payment(refused).json().at("/cashReceipts/0");
            assertThat(failed.path("issueStatus").asString()).isEqualTo("FAILED");
            assertThat(failed.at("/failure/code").asString()).isEqualTo("NTS_ERROR");
            assertThat(failed.at("/failure/message").asString()).startsWith("[TS3] ");
        }
    }

    @Test
    void the_tax_office_decides_about_the_receipt_of_a_payment_and_its_cancels_on_demand() {
        String paymentKey = paidWithReceipt(sandbox, "01012345678");
        String cancelKey = "c_"
                + sandbox.payment(paymentKey)
                        .json()
                        .at("/cashReceipt/receiptKey")
                        .asString();
        assertThat(decide(paymentKey, "{\"status\": \"COMPLETED\", \"receiptKey\": \"" + cancelKey + "\"}")
                        .status())
                .isEqualTo(409);

        assertThat(decide(paymentKey, "{\"status\": \"COMPLETED\"}")
                        .json()
                        .at("/cashReceipts/0/issueStatus")
                        .asString())
                .isEqualTo("COMPLETED");
        assertThat(decide(paymentKey, "{\"status\": \"FAILED\"}").status()).isEqualTo(409);

        till.cancelBecause(
                paymentKey,
                "\"refundReceiveAccount\": {\"bank\": \"88\", \"accountNumber\": \"110123456789\", \"holderName\": \"김하늘\"}");
        JsonNode cancel = decide(
                        paymentKey,
                        "{\"status\": \"FAILED\", \"reason\": \"TSO\", \"receiptKey\": \"" + cancelKey + "\"}")
                .json()
                .at("/cashReceipts/1");
        assertThat(cancel.path("issueStatus").asString()).isEqualTo("FAILED");
        assertThat(cancel.at("/failure/message").asString()).startsWith("[TSO] ");
        assertThat(decide(paymentKey, "{\"status\": \"MAYBE\"}").status()).isEqualTo(400);
        assertThat(decide(issue("").text("paymentKey"), "{\"status\": \"COMPLETED\"}")
                        .status())
                .isEqualTo(409);
    }

    private static String paidWithReceipt(RunningSandbox at, String number) {
        String paymentKey = at.post(
                        "/v1/virtual-accounts",
                        issueBody(
                                RunningSandbox.newOrderId(),
                                "\"cashReceipt\": {\"type\": \"소득공제\", \"registrationNumber\": \"" + number + "\"},"))
                .text("paymentKey");
        at.post("/control/payments/" + paymentKey + "/deposit", "");
        return paymentKey;
    }

    private Answer decide(String paymentKey, String body) {
        return sandbox.post("/control/payments/" + paymentKey + "/cash-receipt-status", body);
    }

    private Answer reverse(String paymentKey) {
        return sandbox.post("/control/payments/" + paymentKey + "/reverse-deposit", "");
    }

    private Answer issue(String members) {
        return issueOf(orderId, members);
    }

    private Answer issueOf(String order, String members) {
        return sandbox.post("/v1/virtual-accounts", issueBody(order, members));
    }

    private static String issueBody(String order, String members) {
        return """
            {%s "amount": 20000, "orderId": "%s", "orderName": "머그컵", "customerName": "김하늘", "bank": "88"}
            """.formatted(members, order);
    }

    private String inSeoul(Duration ahead) {
        return LocalDateTime.ofInstant(sandbox.now().plus(ahead), SEOUL)
                .withNano(0)
                .withSecond(7)
                .toString();
    }

    private static Duration valid(JsonNode payment) {
        Instant requestedAt =
                OffsetDateTime.parse(payment.path("requestedAt").asString()).toInstant();
        Instant dueAt = OffsetDateTime.parse(
                        payment.at("/virtualAccount/dueDate").asString())
                .toInstant();
        // Two readings of the clock lie between them.
        return Duration.ofMinutes(
                Duration.between(requestedAt, dueAt).plusSeconds(30).toMinutes());
    }

    private static void assertRefused(Answer answer, String code) {
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(400);
    }
}
