package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refund whose process dies at each of its places: it is made all the same, and money goes back once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("F10")
class RefundKillE2E {

    private static final long PART = 13_000;

    private final LonePayments payments = new LonePayments("refundkill");

    @AfterAll
    void stop() {
        payments.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refund.claiming", "refund.claimed", "refund.called", "refund.settling", "refund.settled"})
    void process_that_dies_there_leaves_a_refund_that_is_made_once(String point) throws Exception {
        payments.restartToDieAt(point);
        String order = payments.awaitOrder();
        payments.pay(order, payments.authenticated(order));

        assertThat(payments.isRefunded(order, PART)).as("the process died").isFalse();
        payments.startAgainAfterDeath(order);

        await("the end of " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.status(order).equals("partially_refunded"));
        assertThat(payments.atToss(order).body().path("balanceAmount").longValue())
                .isEqualTo(LonePayments.AMOUNT - PART);
        assertThat(payments.atToss(order).body().path("cancels")).hasSize(1);
        assertThat(payments.keysOfCalls(order, "/cancel").stream().distinct()).hasSize(1);
        assertThat(payments.events(order))
                .containsExactly("payment.requested.v1", "payment.paid.v1", "payment.partially-refunded.v1");
    }
}
