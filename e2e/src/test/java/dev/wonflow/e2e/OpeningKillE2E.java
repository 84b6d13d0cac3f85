package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An opening whose process dies at each of its places: there is one account, and the payment waits for its deposit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpeningKillE2E {

    private final LonePayments payments = new LonePayments("openingkill");

    @AfterAll
    void stop() {
        payments.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open.claiming", "open.claimed", "open.called", "open.settling", "open.settled"})
    void process_that_dies_there_leaves_one_account_that_waits(String point) throws Exception {
        payments.restartToDieAt(point);
        String order = payments.awaitOrder();

        assertThat(payments.isAccountOpened(order)).as("the process died").isFalse();
        payments.startAgainAfterDeath(order);
        if (point.equals("open.claiming")) {
            assertThat(payments.status(order)).as("nothing was committed").isEqualTo("requested");
            assertThat(payments.keysOfOpenings(order)).isEmpty();
            assertThat(payments.isAccountOpened(order)).isTrue();
        }

        await("the account of " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.status(order).equals("waiting_for_deposit"));
        assertThat(payments.atToss(order).text("status")).isEqualTo("WAITING_FOR_DEPOSIT");
        // However often it was called: under one key, so that Toss opened one.
        assertThat(payments.keysOfOpenings(order).stream().distinct()).hasSize(1);
        assertThat(payments.accountNumber(order))
                .isEqualTo(payments.atToss(order)
                        .body()
                        .at("/virtualAccount/accountNumber")
                        .asString())
                .isNotEmpty();
        assertThat(payments.events(order)).containsExactly("payment.requested.v1", "payment.waiting-for-deposit.v1");
    }
}
