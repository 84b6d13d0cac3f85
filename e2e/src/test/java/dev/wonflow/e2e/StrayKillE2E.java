package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Toss takes another sum than the order's, and the service dies at each place on the way of giving it back: it goes
 * back all the same, and once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("F18")
class StrayKillE2E {

    private static final long OTHER_SUM = 20_000;

    private final LonePayments payments =
            new LonePayments("straykill", url -> url, Map.of(), Map.of("WONFLOW_STRAY_LEASE", "10s"));

    @AfterAll
    void stop() {
        payments.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stray.noting",
                "stray.claiming",
                "stray.claimed",
                "stray.called",
                "stray.settling",
                "stray.settled"
            })
    void process_that_dies_there_leaves_money_that_goes_back_once(String point) throws Exception {
        payments.restartToDieAt(point);
        String order = payments.awaitOrder();
        String key = payments.captured(order, OTHER_SUM);

        look(order);
        payments.startAgainAfterDeath(order);
        // What was found in a transaction that died is found again.
        look(order);

        await("what became of " + key)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.events(order).contains("payment.stray-capture-refunded.v1"));
        assertThat(payments.atToss(order).body().path("balanceAmount").longValue())
                .isZero();
        assertThat(payments.atToss(order).body().path("cancels")).hasSize(1);
        assertThat(payments.keysOfCalls(order, "/cancel").stream().distinct()).hasSize(1);
        assertThat(payments.events(order)).containsExactly("payment.requested.v1", "payment.stray-capture-refunded.v1");
        assertThat(payments.posted(order, "PG_RECEIVABLE")).isZero();
        assertThat(payments.posted(order, "SUSPENSE")).isZero();
        assertThat(payments.isConfirmed(order, payments.authenticated(order)))
                .as("the buyer can pay")
                .isTrue();
        assertThat(payments.posted(order, "PG_RECEIVABLE")).isEqualTo(LonePayments.AMOUNT);
    }

    /** The answer does not come if the process dies. */
    private void look(String order) {
        try {
            payments.post("/api/payments/" + order + "/look", Map.of());
        } catch (CompletionException _) {
            // It has died.
        }
    }
}
