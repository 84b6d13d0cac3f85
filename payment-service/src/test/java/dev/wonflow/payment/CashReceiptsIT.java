package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cash receipts, over HTTP and against what Toss says of them. */
@WithPaymentService
class CashReceiptsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NUMBER = "01055556666";

    private final Driver driver;
    private final TossStub toss;
    private final Clock clock;

    @Autowired
    CashReceiptsIT(Driver driver, TossStub toss, Clock clock) {
        this.driver = driver;
        this.toss = toss;
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

    private List<String> receipts(OrderId order) {
        return driver.texts(
                "SELECT transaction_type || ' ' || amount_won || ' ' || coalesce(issue_status, 'null') || ' ' ||"
                        + " coalesce(failure_reason, 'null') FROM payment_cash_receipt"
                        + " WHERE payment_id = (SELECT id FROM payment WHERE order_id = ?) ORDER BY requested_at",
                order);
    }
}
