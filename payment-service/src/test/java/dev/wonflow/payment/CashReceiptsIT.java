package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Cash receipts, over HTTP and against what Toss says of them. */
@WithPaymentService
class CashReceiptsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_ROUNDS = 50;
    private static final String NUMBER = "01055556666";
    private static final String PERSONAL = "{\"type\":\"소득공제\",\"customerIdentityNumber\":\"010-5555-6666\"}";
    private static final String BUSINESS = "{\"type\":\"지출증빙\",\"customerIdentityNumber\":\"123-45-67890\"}";
    private static final String VOLUNTARY = "{\"type\":\"소득공제\",\"voluntary\":true}";

    private final Driver driver;
    private final TossStub toss;
    private final Meeting meeting;
    private final Clock clock;

    @Autowired
    CashReceiptsIT(Driver driver, TossStub toss, Meeting meeting, Clock clock) {
        this.driver = driver;
        this.toss = toss;
        this.meeting = meeting;
        this.clock = clock;
    }

    @Test
    void receipt_asked_for_in_the_window_is_followed_to_its_end_without_a_webhook() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = transfer(order);
        assertThat(driver.confirm(order, key).status()).isEqualTo(200);
        assertThat(receipts(order)).containsExactly("CONFIRM 33000 IN_PROGRESS null");

        decide(key, receipt -> receipt.put("issueStatus", "COMPLETED"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(receipts(order)).containsExactly("CONFIRM 33000 COMPLETED null"));
        assertThat(driver.published(order))
                .containsExactly(
                        "payment.requested.v1",
                        "payment.paid.v1",
                        "payment.cash-receipt-changed.v1",
                        "payment.cash-receipt-changed.v1");
        JsonNode shown =
                driver.get("/api/payments/" + order).body().path("cashReceipts").path(0);
        assertThat(shown.path("receiptKey").stringValue("")).isEqualTo("rk-" + order);
        assertThat(shown.path("receiptUrl").stringValue("")).startsWith("https://");
        assertThat(shown.toString()).doesNotContain(NUMBER);
        assertThat(driver.incidents(order)).isEmpty();
    }

    @Test
    void refusal_of_the_tax_office_is_an_incident_with_its_reason_and_not_its_words() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = transfer(order);
        assertThat(driver.confirm(order, key).status()).isEqualTo(200);

        decide(key, receipt -> {
            receipt.putObject("failure").put("code", "NTS_ERROR").put("message", "[TS3] " + NUMBER + " 거절");
            receipt.put("issueStatus", "FAILED");
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(driver.incidents(order)).containsExactly("CASH_RECEIPT_FAILED"));
        assertThat(receipts(order)).containsExactly("CONFIRM 33000 FAILED TS3");
        assertThat(driver.texts(
                        "SELECT detail FROM reported_incident WHERE about ="
                                + " (SELECT id::text FROM payment WHERE order_id = ?)",
                        order))
                .singleElement()
                .satisfies(
                        detail -> assertThat(detail).contains("NTS_ERROR TS3").doesNotContain(NUMBER));
    }

    @Test
    void receipt_is_issued_over_what_is_left_once_however_often_it_is_asked_for() {
        OrderId order = aPaidTransfer();
        assertThat(driver.refund(order, "{\"cancelReason\":\"옵션 변경\",\"cancelAmount\":3000}")
                        .status())
                .isEqualTo(200);

        Driver.Answer issued = driver.issueReceipt(order, PERSONAL);
        Driver.Answer again = driver.issueReceipt(order, PERSONAL);

        assertThat(issued.status()).as(issued.body().toString()).isEqualTo(200);
        assertThat(issued.text("status")).isEqualTo("done");
        assertThat(issued.text("issueStatus")).isEqualTo("IN_PROGRESS");
        assertThat(issued.body().path("amount").longValue()).isEqualTo(30_000);
        assertThat(issued.body().toString()).doesNotContain(NUMBER);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("code")).isEqualTo("receipt.exists");
        assertThat(toss.receipts(order)).containsExactly("CONFIRM 30000");
        assertThat(JsonMapper.shared()
                        .readTree(toss.receiptCalls(order).getFirst().body())
                        .path("customerIdentityNumber")
                        .stringValue(""))
                .isEqualTo(NUMBER);
        assertThat(customersKept(order)).isEqualTo("0");
    }

    @Test
    void what_the_tax_office_decides_about_it_is_found_in_the_list_of_its_day() {
        OrderId refused = aPaidTransfer();
        OrderId order = aPaidTransfer();
        assertThat(driver.issueReceipt(refused, PERSONAL).status()).isEqualTo(200);
        assertThat(driver.issueReceipt(order, VOLUNTARY).status()).isEqualTo(200);

        toss.changeReceipts(order, receipt -> receipt.put("issueStatus", "COMPLETED"));
        toss.changeReceipts(refused, receipt -> {
            receipt.putObject("failure").put("code", "NTS_ERROR").put("message", "[TS1] " + NUMBER);
            receipt.put("issueStatus", "FAILED");
        });

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(receipts(order)).containsExactly("CONFIRM 33000 COMPLETED null");
            assertThat(receipts(refused)).containsExactly("CONFIRM 33000 FAILED TS1");
        });
        assertThat(driver.incidents(refused)).containsExactly("CASH_RECEIPT_FAILED");
        assertThat(driver.issueReceipt(refused, BUSINESS).status())
                .as("another one in the place of the refused")
                .isEqualTo(200);
        assertThat(driver.published(refused))
                .containsExactly(
                        "payment.requested.v1",
                        "payment.paid.v1",
                        "payment.cash-receipt-changed.v1",
                        "payment.cash-receipt-changed.v1",
                        "payment.cash-receipt-changed.v1");
    }

    @Test
    void lost_answer_is_found_in_the_list_and_no_second_receipt_is_asked_for() {
        OrderId order = aPaidTransfer();
        toss.nextReceipt(order, new TossStub.Fault.AnswerLost());

        Driver.Answer issued = driver.issueReceipt(order, PERSONAL);

        assertThat(issued.status()).as(issued.body().toString()).isEqualTo(200);
        assertThat(toss.receiptCalls(order)).hasSize(1);
        assertThat(toss.receipts(order)).containsExactly("CONFIRM 33000");
    }

    @Test
    void call_that_did_not_arrive_is_made_again_under_its_key() {
        OrderId order = aPaidTransfer();
        toss.nextReceipt(order, new TossStub.Fault.Reset());

        assertThat(driver.issueReceipt(order, PERSONAL).status()).isEqualTo(200);

        assertThat(toss.receiptCalls(order)).hasSize(2);
        assertThat(toss.receiptCalls(order))
                .extracting(TossStub.Call::idempotencyKey)
                .containsOnly(toss.receiptCalls(order).getFirst().idempotencyKey());
    }

    @Test
    void refusal_of_toss_is_told_with_its_code_and_leaves_no_number() {
        OrderId order = aPaidTransfer();
        toss.nextReceipt(order, new TossStub.Fault.Refusal(400, "INVALID_CASH_RECEIPT_INFO"));

        Driver.Answer refused = driver.issueReceipt(order, PERSONAL);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("receipt.declined");
        assertThat(refused.text("tossCode")).isEqualTo("INVALID_CASH_RECEIPT_INFO");
        assertThat(customersKept(order)).isEqualTo("0");
        assertThat(driver.issueReceipt(order, PERSONAL).status()).isEqualTo(200);
    }

    @Test
    void receipt_is_taken_back_with_each_part_that_goes_back_and_followed() {
        OrderId order = aPaidTransfer();
        assertThat(driver.issueReceipt(order, PERSONAL).status()).isEqualTo(200);

        assertThat(driver.refund(order, "{\"cancelReason\":\"옵션 변경\",\"cancelAmount\":13000}")
                        .status())
                .isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(toss.receipts(order)).containsExactly("CONFIRM 33000", "CANCEL 13000"));
        assertThat(driver.refund(order, "{\"cancelReason\":\"전체 반품\"}").status())
                .isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(toss.receipts(order))
                        .containsExactly("CONFIRM 33000", "CANCEL 13000", "CANCEL 20000"));
        toss.changeReceipts(order, receipt -> receipt.put("issueStatus", "COMPLETED"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(decided(order))
                        .as("cancels of one second are one")
                        .containsExactly("CONFIRM 33000 COMPLETED", "CANCEL 33000 COMPLETED"));
        assertThat(driver.incidents(order)).isEmpty();
    }

    @Test
    void lost_answer_to_taking_back_is_found_and_nothing_is_taken_back_twice() {
        OrderId order = aPaidTransfer();
        assertThat(driver.issueReceipt(order, PERSONAL).status()).isEqualTo(200);
        toss.nextReceipt(order, new TossStub.Fault.AnswerLost());

        assertThat(driver.refund(order, "{\"cancelReason\":\"옵션 변경\",\"cancelAmount\":13000}")
                        .status())
                .isEqualTo(200);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(requests(order)).containsExactly("CONFIRM DONE 33000", "CANCEL DONE 13000"));
        assertThat(toss.receipts(order)).containsExactly("CONFIRM 33000", "CANCEL 13000");
    }

    /** What stands at Toss in the end does not tell who was first; what was asked for does. */
    @Test
    void receipt_and_refund_at_once_end_with_a_receipt_over_what_is_left_whoever_is_first() {
        Set<List<String>> ways = new HashSet<>();
        for (int round = 0; round < MOST_ROUNDS && ways.size() < 2; round++) {
            OrderId order = aPaidTransfer();
            Meeting.Place hold = meeting.of(paymentOf(order), 2);

            CompletableFuture<Driver.Answer> receipt = driver.issueReceiptLater(order, PERSONAL);
            CompletableFuture<Driver.Answer> refund =
                    driver.refundLater(order, "{\"cancelReason\":\"옵션 변경\",\"cancelAmount\":13000}");

            assertThat(receipt.join().status()).isEqualTo(200);
            assertThat(refund.join().status()).isEqualTo(200);
            hold.assertRaced();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(stands(order)).isEqualTo(20_000));
            ways.add(toss.receipts(order));
        }
        assertThat(ways).containsExactlyInAnyOrder(List.of("CONFIRM 33000", "CANCEL 13000"), List.of("CONFIRM 20000"));
    }

    @Test
    void payment_without_money_or_by_card_gets_none() {
        OrderId waiting = driver.aPlacedOrder();
        OrderId byCard = driver.aPlacedOrder();
        assertThat(driver.confirm(byCard, toss.authenticated(byCard, Driver.AMOUNT))
                        .status())
                .isEqualTo(200);

        for (OrderId order : List.of(waiting, byCard)) {
            Driver.Answer refused = driver.issueReceipt(order, PERSONAL);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text("code")).isEqualTo("receipt.not-possible");
        }
        assertThat(driver.issueReceipt(driver.anOrderId(), PERSONAL).status()).isIn(404, 503);
    }

    @Test
    void bad_requests_are_refused_with_what_was_expected_and_no_number() {
        OrderId order = aPaidTransfer();

        invalid(order, "{}", "type: missing (expected: 소득공제 or 지출증빙)");
        invalid(order, "{\"type\":\"미발행\"}", "type: another one (expected: 소득공제 or 지출증빙)");
        invalid(
                order,
                "{\"type\":\"소득공제\"}",
                "customerIdentityNumber: missing (expected: a number, or voluntary: true)");
        invalid(
                order,
                "{\"type\":\"소득공제\",\"customerIdentityNumber\":\"0105555\"}",
                "customerIdentityNumber: 7 characters (expected: 10 to 30 digits of a phone or a receipt card)");
        invalid(
                order,
                "{\"type\":\"지출증빙\",\"customerIdentityNumber\":\"" + NUMBER + "\"}",
                "customerIdentityNumber: 11 characters (expected: 10 digits of a business)");
        invalid(
                order,
                "{\"type\":\"지출증빙\",\"voluntary\":true}",
                "voluntary: true with a number, or for 지출증빙 (expected: 소득공제, and no customerIdentityNumber)");
        assertThat(toss.receiptCalls(order)).isEmpty();
    }

    private void invalid(OrderId order, String body, String detail) {
        Driver.Answer answer = driver.issueReceipt(order, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).isEqualTo(detail);
    }

    private OrderId aPaidTransfer() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.change(key, payment -> payment.put("method", "계좌이체").putNull("card"));
        assertThat(driver.confirm(order, key).status()).isEqualTo(200);
        return order;
    }

    /** Won that receipts at Toss stand for. */
    private long stands(OrderId order) {
        return toss.receipts(order).stream()
                .mapToLong(receipt -> {
                    long won = Long.parseLong(receipt.substring(receipt.indexOf(' ') + 1));
                    return receipt.startsWith("CONFIRM") ? won : -won;
                })
                .sum();
    }

    private PaymentId paymentOf(OrderId order) {
        return new PaymentId(UUID.fromString(driver.texts("SELECT id::text FROM payment WHERE order_id = ?", order)
                .getFirst()));
    }

    private List<String> requests(OrderId order) {
        return driver.texts(
                "SELECT transaction_type || ' ' || status || ' ' || amount_won FROM cash_receipt_request WHERE"
                        + " payment_id = (SELECT id FROM payment WHERE order_id = ?) ORDER BY requested_at,"
                        + " transaction_type DESC",
                order);
    }

    private String customersKept(OrderId order) {
        return driver.texts(
                        "SELECT count(customer)::text FROM cash_receipt_request"
                                + " WHERE payment_id = (SELECT id FROM payment WHERE order_id = ?)",
                        order)
                .getFirst();
    }

    /** A transfer for which the buyer asked for a receipt in the window; the tax office has not decided. */
    private PaymentKey transfer(OrderId order) {
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.change(key, payment -> {
            payment.put("method", "계좌이체").putNull("card");
            payment.putArray("cashReceipts")
                    .addObject()
                    .put("receiptKey", "rk-" + order)
                    .put("orderId", order.value())
                    .put("type", "소득공제")
                    .put("issueNumber", "240015772")
                    .put("receiptUrl", "https://dashboard.tosspayments.com/receipts/" + order)
                    .put("businessNumber", "")
                    .put("transactionType", "CONFIRM")
                    .put("amount", Driver.AMOUNT)
                    .put("taxFreeAmount", 0)
                    .put("issueStatus", "IN_PROGRESS")
                    .put("customerIdentityNumber", NUMBER)
                    .put("requestedAt", seconds(clock.instant()))
                    .putNull("failure");
            return payment;
        });
        return key;
    }

    private static String seconds(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond()).toString();
    }

    private void decide(PaymentKey key, Consumer<ObjectNode> decision) {
        toss.change(key, payment -> {
            ObjectNode after = payment.deepCopy();
            decision.accept((ObjectNode) after.path("cashReceipts").path(0));
            return after;
        });
    }

    /** Won by kind and state. */
    private List<String> decided(OrderId order) {
        return driver.texts(
                "SELECT transaction_type || ' ' || sum(amount_won) || ' ' || coalesce(issue_status, 'null')"
                        + " FROM payment_cash_receipt WHERE payment_id = (SELECT id FROM payment WHERE order_id = ?)"
                        + " GROUP BY transaction_type, issue_status ORDER BY transaction_type DESC",
                order);
    }

    private List<String> receipts(OrderId order) {
        return driver.texts(
                "SELECT transaction_type || ' ' || amount_won || ' ' || coalesce(issue_status, 'null') || ' ' ||"
                        + " coalesce(failure_reason, 'null') FROM payment_cash_receipt WHERE payment_id = (SELECT id FROM"
                        + " payment WHERE order_id = ?) ORDER BY requested_at, transaction_type DESC",
                order);
    }
}
