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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CancelTest {

    private static final String REFUND =
            "\"refundReceiveAccount\": {\"bank\": \"88\", \"accountNumber\": \"110123456789\", \"holderName\": \"김하늘\"}";

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final Till till = new Till(sandbox);
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void a_whole_cancel_ends_the_payment_and_a_second_one_is_told_so() {
        String paymentKey = till.done(orderId, 10_000);

        Answer canceled = till.cancelBecause(paymentKey);

        assertThat(canceled.status()).isEqualTo(200);
        assertThat(canceled.text("status")).isEqualTo("CANCELED");
        JsonNode payment = canceled.json();
        assertThat(payment.path("totalAmount").asLong()).isEqualTo(10_000);
        for (String nothingLeft : new String[] {"balanceAmount", "suppliedAmount", "vat", "taxFreeAmount"}) {
            assertThat(payment.path(nothingLeft).asLong()).as(nothingLeft).isZero();
        }
        assertThat(sandbox.payment(paymentKey).body()).isEqualTo(canceled.body());
        assertRefused(till.cancelBecause(paymentKey), 400, "ALREADY_CANCELED_PAYMENT");
    }

    @Test
    void a_cancel_has_every_field_of_toss() {
        Answer canceled = till.cancelBecause(till.done(orderId, 33_000), "\"cancelAmount\": 13000");

        assertThat(canceled.json()
                        .at("/cancels/0")
                        .toString()
                        .replaceAll("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+09:00", "TIME")
                        .replaceAll("txrd_a01[0-9a-z]{24}", "TRANSACTION"))
                .isEqualTo("{\"cancelAmount\":13000,\"cancelReason\":\"고객 변심\",\"taxFreeAmount\":0,"
                        + "\"taxExemptionAmount\":0,\"refundableAmount\":20000,\"cardDiscountAmount\":0,"
                        + "\"transferDiscountAmount\":0,\"easyPayDiscountAmount\":0,\"canceledAt\":\"TIME\","
                        + "\"transactionKey\":\"TRANSACTION\",\"receiptKey\":null,\"cancelStatus\":\"DONE\","
                        + "\"cancelRequestId\":null}");
        assertThat(canceled.text("lastTransactionKey"))
                .isEqualTo(canceled.json().at("/cancels/0/transactionKey").asString());
    }

    @Test
    void parts_that_add_up_leave_it_partially_cancelled_with_nothing_left() {
        String paymentKey = till.done(orderId, 10_000);

        Answer part = till.cancelBecause(paymentKey, "\"cancelAmount\": 3000");
        assertThat(part.text("status")).isEqualTo("PARTIAL_CANCELED");
        assertThat(part.json().path("balanceAmount").asLong()).isEqualTo(7_000);
        assertThat(part.json().path("vat").asLong()).isEqualTo(636);
        assertThat(part.json().path("suppliedAmount").asLong()).isEqualTo(6_364);

        Answer rest = till.cancelBecause(paymentKey, "\"cancelAmount\": 7000");
        assertThat(rest.text("status")).isEqualTo("PARTIAL_CANCELED");
        assertThat(rest.json().path("balanceAmount").asLong()).isZero();
        assertThat(rest.json().path("cancels"))
                .extracting(cancel -> cancel.path("refundableAmount").asLong())
                .containsExactly(7_000L, 0L);

        assertRefused(till.cancelBecause(paymentKey, "\"cancelAmount\": 1"), 403, "NOT_CANCELABLE_AMOUNT");
        assertRefused(till.cancelBecause(paymentKey), 403, "NOT_CANCELABLE_AMOUNT");
    }

    @Test
    void parts_that_add_up_end_it_as_a_whole_cancel_does_if_the_sandbox_is_told_so() {
        try (RunningSandbox other =
                RunningSandbox.start("wonflow.sandbox.assumptions.canceled-by-the-last-part=true")) {
            Till itsTill = new Till(other);
            String paymentKey = itsTill.done(orderId, 10_000);
            assertThat(itsTill.cancelBecause(paymentKey, "\"cancelAmount\": 3000")
                            .text("status"))
                    .isEqualTo("PARTIAL_CANCELED");

            Answer rest = itsTill.cancelBecause(paymentKey);

            assertThat(rest.text("status")).isEqualTo("CANCELED");
            assertThat(rest.json().path("cancels")).hasSize(2);
            assertThat(rest.json().path("balanceAmount").asLong()).isZero();
            assertRefused(itsTill.cancelBecause(paymentKey), 400, "ALREADY_CANCELED_PAYMENT");
            assertThat(other.get("/v1/transactions?startDate=2020-01-01&endDate=2100-01-01")
                            .json())
                    .extracting(row -> row.path("status").asString())
                    .containsExactly("DONE", "PARTIAL_CANCELED", "CANCELED");
        }
    }

    @Test
    void without_an_amount_the_rest_is_cancelled() {
        String paymentKey = till.done(orderId, 10_000);
        till.cancelBecause(paymentKey, "\"cancelAmount\": \"2500\"");

        Answer rest = till.cancelBecause(paymentKey, "\"cancelAmount\": null");

        assertThat(rest.text("status")).isEqualTo("PARTIAL_CANCELED");
        assertThat(rest.json().at("/cancels/1/cancelAmount").asLong()).isEqualTo(7_500);
    }

    @Test
    void a_part_that_is_all_ends_it_as_a_whole_cancel_does() {
        assertThat(till.cancelBecause(till.done(orderId, 10_000), "\"cancelAmount\": 10000")
                        .text("status"))
                .isEqualTo("CANCELED");
    }

    @Test
    void more_than_is_left_cannot_be_cancelled() {
        String paymentKey = till.done(orderId, 10_000);

        assertRefused(till.cancelBecause(paymentKey, "\"cancelAmount\": 10001"), 403, "NOT_CANCELABLE_AMOUNT");
        assertRefused(
                till.cancelBecause(paymentKey, "\"cancelAmount\": 9223372036854775807"), 403, "NOT_CANCELABLE_AMOUNT");
        assertUnchanged(paymentKey);
    }

    @Test
    void a_wrong_refundable_amount_cancels_nothing() {
        String paymentKey = till.done(orderId, 10_000);

        assertRefused(
                till.cancelBecause(paymentKey, "\"refundableAmount\": 9999", "\"cancelAmount\": 1000"),
                400,
                "NOT_MATCHES_REFUNDABLE_AMOUNT");
        assertUnchanged(paymentKey);
        assertThat(till.cancelBecause(paymentKey, "\"refundableAmount\": 10000", "\"cancelAmount\": 1000")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | INVALID_REQUEST",
                "{\"cancelReason\": \"\"} | INVALID_REQUEST",
                "{\"cancelReason\": 1.5} | INVALID_REQUEST",
                "{\"cancelReason\": true} | INVALID_REQUEST",
                "{\"cancelReason\": \"x\", \"cancelAmount\": 0} | BELOW_ZERO_AMOUNT",
                "{\"cancelReason\": \"x\", \"cancelAmount\": -1} | BELOW_ZERO_AMOUNT",
                "{\"cancelReason\": \"x\", \"cancelAmount\": 10.5} | INVALID_REQUEST",
                "{\"cancelReason\": \"x\", \"cancelAmount\": true} | INVALID_REQUEST",
                "{\"cancelReason\": \"x\", \"cancelAmount\": 99999999999999999999} | INVALID_REQUEST",
                "{\"cancelReason\": \"x\", \"refundableAmount\": {}} | INVALID_REQUEST",
                "{\"cancelReason\": \"x\", \"currency\": \"USD\"} | INVALID_CURRENCY",
                "{\"cancelReason\": \"x\", \"taxFreeAmount\": 1} | INVALID_REQUEST",
                "{\"cancelReason\": \"x\", \"taxFreeAmount\": -1} | INVALID_REQUEST",
                "{\"cancelReason\": \"x\", \"taxExemptionAmount\": 1} | INVALID_REQUEST",
                "{\"cancelReason\": \"x\", \"refundReceiveAccount\": \"88\"} | INVALID_REQUEST"
            })
    void a_cancel_that_makes_no_sense_is_refused_and_changes_nothing(String body, String code) {
        String paymentKey = till.done(orderId, 10_000);

        assertRefused(till.cancel(paymentKey, body), 400, code);
        assertUnchanged(paymentKey);
    }

    @Test
    void a_reason_of_200_characters_is_fine_and_one_of_201_is_not() {
        String paymentKey = till.done(orderId, 10_000);

        assertRefused(
                till.cancel(paymentKey, "{\"cancelReason\": \"" + "가".repeat(201) + "\"}"), 400, "INVALID_REQUEST");
        assertThat(till.cancel(paymentKey, "{\"cancelReason\": \"" + "가".repeat(200) + "\", \"currency\": \"KRW\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_payment_that_was_never_paid_cannot_be_cancelled() {
        String ready = till.open(orderId, 10_000);
        assertRefused(till.cancelBecause(ready), 403, "NOT_CANCELABLE_PAYMENT");

        till.authenticate(ready, "{}");
        assertRefused(till.cancelBecause(ready), 403, "NOT_CANCELABLE_PAYMENT");

        sandbox.post("/control/payments/" + ready + "/decline", "{}");
        assertRefused(till.cancelBecause(ready), 403, "NOT_CANCELABLE_PAYMENT");

        String late = till.open(orderId, 10_000);
        sandbox.advance("PT31M");
        assertRefused(till.cancelBecause(late), 403, "NOT_CANCELABLE_PAYMENT");
    }

    @Test
    void a_payment_of_nobody_or_of_another_merchant_does_not_exist() {
        assertRefused(till.cancelBecause("nobody"), 404, "NOT_FOUND_PAYMENT");

        String paymentKey = till.done(orderId, 10_000);
        assertRefused(
                till.cancel(
                        paymentKey,
                        "{\"cancelReason\": \"x\"}",
                        "Authorization",
                        RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY)),
                404,
                "NOT_FOUND_PAYMENT");
        assertUnchanged(paymentKey);
    }

    @Test
    void a_refused_cancel_stays_refused_under_its_key_and_a_done_one_is_done_once() {
        String paymentKey = till.done(orderId, 10_000);
        String[] key = {"Idempotency-Key", "cancel:" + orderId};

        Answer tooMuch = till.cancel(paymentKey, "{\"cancelReason\": \"x\", \"cancelAmount\": 20000}", key);
        Answer corrected = till.cancel(paymentKey, "{\"cancelReason\": \"x\", \"cancelAmount\": 2000}", key);
        assertThat(tooMuch.status()).isEqualTo(403);
        assertThat(corrected.status()).isEqualTo(403);
        assertThat(corrected.body()).isEqualTo(tooMuch.body());
        assertUnchanged(paymentKey);

        String[] other = {"Idempotency-Key", "cancel:" + orderId + ":2"};
        Answer first = till.cancel(paymentKey, "{\"cancelReason\": \"x\", \"cancelAmount\": 2000}", other);
        Answer again = till.cancel(paymentKey, "{\"cancelReason\": \"x\", \"cancelAmount\": 3000}", other);
        assertThat(first.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(sandbox.payment(paymentKey).json().path("cancels")).hasSize(1);
    }

    @Test
    void cancels_that_race_never_take_more_than_there_is() throws Exception {
        String paymentKey = till.done(orderId, 10_000);
        Callable<Integer> cancel =
                () -> till.cancelBecause(paymentKey, "\"cancelAmount\": 3000").status();

        List<Future<Integer>> answers;
        try (ExecutorService clerks = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = clerks.invokeAll(Stream.generate(() -> cancel).limit(20).toList());
        }

        assertThat(answers.stream().map(Future::resultNow).filter(status -> status == 200))
                .hasSize(3);
        assertThat(sandbox.payment(paymentKey).json().path("balanceAmount").asLong())
                .isEqualTo(1_000);
    }

    @Test
    void what_carries_no_tax_is_given_back_with_its_part() {
        String paymentKey = till.open(orderId, 10_000, "\"taxFreeAmount\": 3000");
        till.authenticate(paymentKey, "{}");
        till.confirm(paymentKey, orderId, 10_000);

        assertRefused(
                till.cancelBecause(paymentKey, "\"cancelAmount\": 2000", "\"taxFreeAmount\": 2001"),
                400,
                "INVALID_REQUEST");
        JsonNode part = till.cancelBecause(paymentKey, "\"cancelAmount\": 4000", "\"taxFreeAmount\": 1000")
                .json();
        assertThat(part.path("taxFreeAmount").asLong()).isEqualTo(2_000);
        assertThat(part.path("vat").asLong()).isEqualTo(364);
        assertThat(part.path("suppliedAmount").asLong()).isEqualTo(3_636);
        assertThat(part.at("/cancels/0/taxFreeAmount").asLong()).isEqualTo(1_000);

        JsonNode rest = till.cancelBecause(paymentKey).json();
        assertThat(rest.path("taxFreeAmount").asLong()).isZero();
        assertThat(rest.at("/cancels/1/taxFreeAmount").asLong()).isEqualTo(2_000);
    }

    @Test
    void a_card_payment_with_a_cup_deposit_is_cancelled_whole_or_not_at_all() {
        String paymentKey = till.open(orderId, 10_300, "\"taxExemptionAmount\": 300");
        till.authenticate(paymentKey, "{}");
        JsonNode paid = till.confirm(paymentKey, orderId, 10_300).json();
        assertThat(paid.path("isPartialCancelable").asBoolean()).isFalse();
        assertThat(paid.path("vat").asLong()).isEqualTo(909);
        assertThat(paid.path("suppliedAmount").asLong()).isEqualTo(9_091);
        assertThat(paid.path("taxExemptionAmount").asLong()).isEqualTo(300);

        assertRefused(till.cancelBecause(paymentKey, "\"cancelAmount\": 5000"), 403, "NOT_ALLOWED_PARTIAL_REFUND");
        Answer whole = till.cancelBecause(paymentKey);
        assertThat(whole.text("status")).isEqualTo("CANCELED");
        assertThat(whole.json().at("/cancels/0/taxExemptionAmount").asLong()).isEqualTo(300);
    }

    @Test
    void an_escrow_payment_is_cancelled_whole_or_not_at_all() {
        String paymentKey = till.open(orderId, 10_000, "\"useEscrow\": true");
        till.authenticate(paymentKey, "{\"method\": \"TRANSFER\"}");
        JsonNode paid = till.confirm(paymentKey, orderId, 10_000).json();
        assertThat(paid.path("useEscrow").asBoolean()).isTrue();
        assertThat(paid.path("isPartialCancelable").asBoolean()).isFalse();

        assertRefused(till.cancelBecause(paymentKey, "\"cancelAmount\": 1"), 403, "NOT_ALLOWED_PARTIAL_REFUND");
        assertThat(till.cancelBecause(paymentKey).text("status")).isEqualTo("CANCELED");
    }

    @Test
    void a_part_smaller_than_the_instant_discount_cannot_be_cancelled() {
        String paymentKey =
                till.paid(orderId, 10_000, "{\"discountAmount\": 2000}").text("paymentKey");

        assertRefused(
                till.cancelBecause(paymentKey, "\"cancelAmount\": 1999"), 400, "EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT");
        JsonNode first =
                till.cancelBecause(paymentKey, "\"cancelAmount\": 2000").json();
        assertThat(first.at("/cancels/0/cardDiscountAmount").asLong()).isEqualTo(2_000);
        JsonNode second =
                till.cancelBecause(paymentKey, "\"cancelAmount\": 100").json();
        assertThat(second.at("/cancels/1/cardDiscountAmount").asLong()).isZero();
    }

    @Test
    void points_of_easy_pay_are_given_back_last() {
        String paymentKey = till.paid(orderId, 10_000, "{\"method\": \"EASY_PAY\", \"discountAmount\": 4000}")
                .text("paymentKey");

        JsonNode first =
                till.cancelBecause(paymentKey, "\"cancelAmount\": 7000").json();
        JsonNode rest = till.cancelBecause(paymentKey).json();

        assertThat(first.at("/cancels/0/easyPayDiscountAmount").asLong()).isEqualTo(1_000);
        assertThat(rest.at("/cancels/1/easyPayDiscountAmount").asLong()).isEqualTo(3_000);
    }

    @Test
    void a_virtual_account_nobody_paid_into_is_cancelled_whole_and_without_an_account() {
        String paymentKey = till.waiting(orderId, 10_000);

        assertRefused(
                till.cancelBecause(paymentKey, "\"cancelAmount\": 1000"),
                403,
                "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT");
        Answer canceled = till.cancelBecause(paymentKey);

        assertThat(canceled.text("status")).isEqualTo("CANCELED");
        assertThat(canceled.json().path("balanceAmount").asLong()).isZero();
        assertThat(canceled.json().at("/virtualAccount/refundStatus").asString())
                .isEqualTo("NONE");
        assertThat(till.deposit(paymentKey, "").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                " | INVALID_REFUND_ACCOUNT_INFO",
                "\"bank\": \"88\", \"accountNumber\": \"110123456789\" | INVALID_REFUND_ACCOUNT_INFO",
                "\"bank\": \"99\", \"accountNumber\": \"1101\", \"holderName\": \"김\" | INVALID_BANK",
                "\"bank\": \"현대\", \"accountNumber\": \"1101\", \"holderName\": \"김\" | INVALID_BANK",
                "\"bank\": \"88\", \"accountNumber\": \"X1012345678901\", \"holderName\": \"김\" | INVALID_REFUND_ACCOUNT_NUMBER",
                "\"bank\": \"88\", \"accountNumber\": \"110-123\", \"holderName\": \"김\" | INVALID_REFUND_ACCOUNT_NUMBER",
                "\"bank\": \"88\", \"accountNumber\": \"123456789012345678901\", \"holderName\": \"김\" | INVALID_REFUND_ACCOUNT_NUMBER",
                "\"bank\": \"88\", \"accountNumber\": \"1101\", \"holderName\": \"\" | INVALID_REFUND_ACCOUNT_INFO"
            })
    void a_deposit_goes_back_to_a_real_account_only(String account, String code) {
        String paymentKey = till.deposited(orderId, 10_000);

        Answer refused = account == null
                ? till.cancelBecause(paymentKey)
                : till.cancelBecause(paymentKey, "\"refundReceiveAccount\": {" + account + "}");

        assertRefused(refused, 400, code);
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("DONE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"88", "신한", "SHINHAN", "03", "iM", "대구", "S0"})
    void the_bank_of_a_refund_is_a_code_or_a_korean_or_an_english_name(String bank) {
        String paymentKey = till.deposited(orderId, 10_000);

        assertThat(till.cancelBecause(paymentKey, REFUND.replace("88", bank)).text("status"))
                .isEqualTo("CANCELED");
    }

    @Test
    void every_cancel_is_announced_and_that_of_a_virtual_account_twice() {
        String card = till.done(orderId, 10_000);
        till.cancelBecause(card, "\"cancelAmount\": 1000");
        till.cancelBecause(card);
        assertThat(announced(orderId))
                .containsExactly(
                        "PAYMENT_STATUS_CHANGED DONE",
                        "PAYMENT_STATUS_CHANGED PARTIAL_CANCELED",
                        "PAYMENT_STATUS_CHANGED PARTIAL_CANCELED");

        String account = RunningSandbox.newOrderId();
        String paymentKey = till.deposited(account, 10_000);
        Answer canceled = till.cancelBecause(paymentKey, REFUND);
        assertThat(announced(account))
                .endsWith("DEPOSIT_CALLBACK CANCELED", "PAYMENT_STATUS_CHANGED CANCELED")
                .hasSize(6);
        assertThat(sandbox.webhooks(account).path(4).path("body").asString())
                .contains("\"transactionKey\":\"" + canceled.text("lastTransactionKey") + "\"");
    }

    @Test
    void a_payment_is_cancelled_three_hundred_times_at_most() {
        String paymentKey = till.done(orderId, 10_000);
        for (int i = 0; i < 300; i++) {
            assertThat(till.cancelBecause(paymentKey, "\"cancelAmount\": 1").status())
                    .isEqualTo(200);
        }

        assertRefused(till.cancelBecause(paymentKey), 403, "EXCEED_CANCEL_LIMIT");
        assertThat(sandbox.payment(paymentKey).json().path("balanceAmount").asLong())
                .isEqualTo(9_700);
    }

    private List<String> announced(String order) {
        return sandbox.webhooks(order)
                .valueStream()
                .map(webhook -> {
                    String body = webhook.path("body").asString();
                    String type = webhook.path("eventType").isNull()
                            ? "DEPOSIT_CALLBACK"
                            : webhook.path("eventType").asString();
                    return type + " " + body.replaceAll("(?s).*\"status\":\"([A-Z_]+)\".*", "$1");
                })
                .toList();
    }

    private void assertUnchanged(String paymentKey) {
        JsonNode payment = sandbox.payment(paymentKey).json();
        assertThat(payment.path("status").asString()).isEqualTo("DONE");
        assertThat(payment.path("balanceAmount").asLong()).isEqualTo(10_000);
        assertThat(payment.path("cancels").isNull()).isTrue();
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }
}
