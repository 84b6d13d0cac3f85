package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A deposit that went back: the service finds out by itself whether the buyer has it, through a restart as well. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemittanceE2E {

    private final LonePayments payments = new LonePayments(
            "remittance", UnaryOperator.identity(), Map.of(), Map.of("WONFLOW_DEPOSIT_FIRSTLOOK", "2s"));

    @AfterAll
    void stop() {
        payments.close();
    }

    @Test
    void money_on_its_way_arrives() throws Exception {
        String order = refundedDeposit();

        payments.control(order, "complete-refund");

        awaitRefundStatus(order, "completed");
        assertThat(payments.events(order))
                .containsExactly(
                        "payment.requested.v1",
                        "payment.waiting-for-deposit.v1",
                        "payment.paid.v1",
                        "payment.refunded.v1",
                        "payment.refund-status-changed.v1",
                        "payment.refund-status-changed.v1");
        assertThat(payments.incidents(order)).isEmpty();
    }

    @Test
    void money_the_bank_does_not_take_is_told_though_the_service_died_meanwhile_and_arrives_when_sent_again()
            throws Exception {
        String order = refundedDeposit();

        payments.restart();
        payments.control(order, "fail-refund");

        awaitRefundStatus(order, "failed");
        assertThat(payments.incidents(order)).containsExactly("REMITTANCE_NOT_MADE");
        assertThat(payments.status(order)).isEqualTo("refunded");

        payments.control(order, "complete-refund");

        awaitRefundStatus(order, "completed");
    }

    private String refundedDeposit() {
        String order = payments.awaitOrder();
        assertThat(payments.isAccountOpened(order)).isTrue();
        payments.control(order, "deposit");
        await("the deposit of " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.status(order).equals("paid"));
        assertThat(payments.isDepositRefunded(order)).isTrue();
        assertThat(payments.refundStatus(order)).isEqualTo("pending");
        return order;
    }

    private void awaitRefundStatus(String order, String status) {
        await("the refund status of " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.refundStatus(order), status::equals);
    }
}
