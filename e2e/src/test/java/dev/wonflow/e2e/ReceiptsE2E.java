package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Cash receipts on their way through the tax office, which answers when it likes: the service follows each to its end,
 * whether it asked for it or the buyer did in Toss's window.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiptsE2E {

    private static final long PART = 13_000;
    private static final String CHANGED = "payment.cash-receipt-changed.v1";

    private final LonePayments payments = new LonePayments(
            "receipts",
            UnaryOperator.identity(),
            Map.of(),
            Map.of("WONFLOW_CASHRECEIPT_FIRSTLOOK", "1s", "WONFLOW_CASHRECEIPT_POLLINTERVAL", "200ms"));

    @AfterAll
    void stop() {
        payments.close();
    }

    @Test
    void receipt_asked_for_here_stays_in_progress_until_the_tax_office_agrees() throws Exception {
        String order = issued();

        decide(order, "", "complete");

        awaitDecided(order, "CONFIRM COMPLETED");
        assertThat(payments.events(order)).endsWith("payment.paid.v1", CHANGED, CHANGED);
        assertThat(payments.incidents(order)).isEmpty();
    }

    @Test
    void receipt_that_the_tax_office_refuses_is_told_and_makes_room_for_another() throws Exception {
        String order = issued();

        decide(order, "", "fail");

        awaitDecided(order, "CONFIRM FAILED");
        assertThat(payments.incidents(order)).containsExactly("CASH_RECEIPT_FAILED");
        assertThat(payments.isReceiptIssued(order)).isTrue();
    }

    @Test
    void cancel_of_a_receipt_is_followed_as_well_and_told_when_it_is_refused() throws Exception {
        String order = issued();
        decide(order, "", "complete");
        assertThat(payments.isRefunded(order, PART)).isTrue();
        awaitDecided(order, "CONFIRM COMPLETED", "CANCEL IN_PROGRESS");

        decide(order, "c_", "fail");

        awaitDecided(order, "CONFIRM COMPLETED", "CANCEL FAILED");
        assertThat(payments.incidents(order)).containsExactly("CASH_RECEIPT_FAILED");
        assertThat(payments.receiptsAtToss(order))
                .as("what the tax office refuses is not asked for again")
                .containsExactly("CONFIRM 33000", "CANCEL 13000");
    }

    @Test
    void receipt_of_the_window_is_followed_and_taken_back_by_toss_with_the_money() throws Exception {
        String order = paidWithReceipt();

        assertThat(payments.isRefunded(order, PART)).isTrue();

        awaitDecided(order, "CONFIRM IN_PROGRESS", "CANCEL IN_PROGRESS");
        assertThat(payments.receiptsKnown(order)).containsExactly("CONFIRM 33000", "CANCEL 13000");
        assertThat(payments.keysOfReceiptCalls(order)).as("asked for by us").isEmpty();
        assertThat(payments.receiptsAtToss(order)).as("asked for on their own").isEmpty();

        decideOfPayment(order, "COMPLETED", "");
        decideOfPayment(order, "COMPLETED", "c_");

        awaitDecided(order, "CONFIRM COMPLETED", "CANCEL COMPLETED");
        assertThat(payments.incidents(order)).isEmpty();
    }

    @Test
    void receipt_of_the_window_that_is_refused_is_told() throws Exception {
        String order = paidWithReceipt();

        decideOfPayment(order, "FAILED", "");

        awaitDecided(order, "CONFIRM FAILED");
        assertThat(payments.incidents(order)).containsExactly("CASH_RECEIPT_FAILED");
    }

    /** A payment with a receipt that the tax office has not decided about. */
    private String issued() {
        String order = payments.awaitOrder();
        payments.pay(order, payments.authenticated(order, "계좌이체"));
        assertThat(payments.isReceiptIssued(order)).isTrue();
        assertThat(payments.receiptsDecided(order)).containsExactly("CONFIRM IN_PROGRESS");
        return order;
    }

    private String paidWithReceipt() {
        String order = payments.awaitOrder();
        payments.pay(order, payments.authenticatedWithReceipt(order));
        assertThat(payments.receiptsDecided(order)).containsExactly("CONFIRM IN_PROGRESS");
        return order;
    }

    private void decide(String order, String prefix, String how) {
        Http.Answer decided =
                payments.postToToss("/control/cash-receipts/" + prefix + receiptKey(order) + "/" + how, Map.of());
        assertThat(decided.status()).as(decided.toString()).isEqualTo(200);
    }

    private void decideOfPayment(String order, String status, String prefix) {
        payments.control(
                order, "cash-receipt-status", Map.of("status", status, "receiptKey", prefix + receiptKey(order)));
    }

    private String receiptKey(String order) {
        return payments.get("/api/payments/" + order)
                .body()
                .at("/cashReceipts/0/receiptKey")
                .asString();
    }

    private void awaitDecided(String order, String... decided) {
        await("what the tax office decided for " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.receiptsDecided(order), List.of(decided)::equals);
    }
}
