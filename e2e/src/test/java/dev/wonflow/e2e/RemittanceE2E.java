package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Money on its way back: the service finds out by itself whether the buyer has it, through a restart as well. */
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

    @Test
    void cancel_in_the_console_that_takes_its_time_is_taken_in_when_it_has_ended_and_not_before() throws Exception {
        String order = cancelledSlowlyInConsole();

        payments.control(order, "cancel-status", Map.of("status", "DONE"));

        await("the refund of " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.status(order).equals("refunded"));
        assertThat(payments.events(order))
                .containsExactly("payment.requested.v1", "payment.paid.v1", "payment.refunded.v1");
        assertThat(payments.moved(order)).containsExactly(LonePayments.AMOUNT, LonePayments.AMOUNT);
        assertThat(payments.get("/api/payments/" + order).body().path("refunds"))
                .singleElement()
                .satisfies(
                        refund -> assertThat(refund.path("origin").asString()).isEqualTo("external"));
        assertThat(payments.incidents(order)).isEmpty();
    }

    @Test
    void cancel_in_the_console_that_comes_to_nothing_leaves_all_the_money_to_be_refunded() throws Exception {
        String order = cancelledSlowlyInConsole();

        payments.control(order, "cancel-status", Map.of("status", "ABORTED"));

        assertThat(payments.isRefunded(order, LonePayments.AMOUNT)).isTrue();
        assertThat(payments.get("/api/payments/" + order).body().path("refunds"))
                .singleElement()
                .satisfies(
                        refund -> assertThat(refund.path("origin").asString()).isEqualTo("requested"));
        assertThat(payments.moved(order)).containsExactly(LonePayments.AMOUNT, LonePayments.AMOUNT);
        assertThat(payments.incidents(order)).isEmpty();
    }

    /** A payment all of whose money somebody gives back in Toss's console, which the service has seen beginning. */
    private String cancelledSlowlyInConsole() throws Exception {
        String order = payments.awaitOrder();
        String key = payments.authenticated(order);
        payments.pay(order, key);
        Http.Answer armed =
                payments.postToToss("/control/faults", Map.of("kind", "CANCEL_IN_PROGRESS", "orderId", order));
        assertThat(armed.status()).as(armed.toString()).isEqualTo(201);
        payments.cancelInConsole(key);
        assertThat(payments.atToss(order).body().at("/cancels/0/cancelStatus").asString())
                .isEqualTo("IN_PROGRESS");

        Http.Answer looked = payments.post("/api/payments/" + order + "/look", Map.of());

        assertThat(looked.status()).as(looked.toString()).isEqualTo(200);
        assertThat(looked.text("status")).isEqualTo("paid");
        assertThat(payments.events(order)).containsExactly("payment.requested.v1", "payment.paid.v1");
        assertThat(payments.moved(order)).containsExactly(LonePayments.AMOUNT);
        return order;
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
