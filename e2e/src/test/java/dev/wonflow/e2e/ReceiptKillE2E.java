package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * payment-service dies while a cash receipt is being issued. Of a payment there is one receipt, whenever that was, and
 * a refund takes it back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiptKillE2E {

    private static final long PART = 13_000;

    private final LonePayments payments =
            new LonePayments("receiptkill", url -> url, Map.of(), Map.of("WONFLOW_CASHRECEIPT_LEASE", "10s"));

    @AfterAll
    void stop() {
        payments.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"receipt.claiming", "receipt.claimed", "receipt.called", "receipt.settling", "receipt.settled"})
    void process_that_dies_there_leaves_one_receipt(String point) throws Exception {
        payments.restartToDieAt(point);
        String order = payments.awaitOrder();
        payments.pay(order, payments.authenticated(order, "계좌이체"));

        assertThat(payments.isReceiptIssued(order)).as("the process died").isFalse();
        payments.startAgainAfterDeath(order);

        await("the receipt of " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.receiptsKnown(order).equals(List.of("CONFIRM 33000")));
        assertThat(payments.isRefunded(order, PART)).isTrue();
        await("the receipt of what went back of " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.receiptsKnown(order).equals(List.of("CONFIRM 33000", "CANCEL 13000")));
        assertThat(payments.receiptsAtToss(order)).containsExactly("CONFIRM 33000", "CANCEL 13000");
    }
}
