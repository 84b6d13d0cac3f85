package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A confirm whose process dies at each of its places: the payment ends right, and Toss charges once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("F14")
@Tag("F1")
class ConfirmKillE2E {

    private final LonePayments payments = new LonePayments("confirmkill");

    @AfterAll
    void stop() {
        payments.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"confirm.claiming", "confirm.claimed", "confirm.called", "confirm.settling", "confirm.settled"})
    void process_that_dies_there_leaves_a_payment_that_ends_right_and_one_charge(String point) throws Exception {
        payments.restartToDieAt(point);
        String order = payments.awaitOrder();
        String key = payments.authenticated(order);

        assertThat(payments.isConfirmed(order, key)).as("the process died").isFalse();
        payments.startAgainAfterDeath(order);
        if (point.equals("confirm.claiming")) {
            assertThat(payments.status(order)).as("nothing was committed").isEqualTo("requested");
            assertThat(payments.keysOfCalls(order, "/confirm")).isEmpty();
            assertThat(payments.isConfirmed(order, key)).isTrue();
        }

        await("the end of " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.status(order).equals("paid"));
        assertThat(payments.atToss(order).text("status")).isEqualTo("DONE");
        // However often it was called: under one key, so that Toss charged once.
        assertThat(payments.keysOfCalls(order, "/confirm").stream().distinct()).hasSize(1);
        assertThat(payments.events(order)).containsOnlyOnce("payment.paid.v1").endsWith("payment.paid.v1");
    }
}
