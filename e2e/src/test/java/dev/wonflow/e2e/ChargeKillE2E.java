package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.testsupport.server.TestServers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A charge whose process dies at each of its places: it is made all the same, once, and told once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChargeKillE2E {

    private static final long AMOUNT = 29_000;

    private final LonePayments payments = new LonePayments("chargekill");
    private final String method = payments.billingMethod();
    private final Topics topics = new Topics(TestServers.kafka().bootstrapServers(), List.of("payment.events"));

    @AfterAll
    void stop() {
        topics.close();
        payments.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"charge.claimed", "charge.called", "charge.settling", "charge.settled"})
    void process_that_dies_there_leaves_one_charge_that_is_told_once(String point) throws Exception {
        payments.restartToDieAt(point);
        UUID charge = UUID.randomUUID();
        String order = "chg_" + charge.toString().replace("-", "");

        topics.requestCharge(charge, method, AMOUNT);
        payments.startAgainAfterDeath();
        await("the end of " + order)
                .atMost(LonePayments.LIMIT)
                .until(() -> payments.status(order).equals("paid"));

        assertThat(payments.moved(order)).containsExactly(AMOUNT);
        assertThat(payments.atToss(order).text("status")).isEqualTo("DONE");
        assertThat(payments.keysOfCharges(order)).containsExactly("charge:" + charge + ":1");
        assertThat(payments.events(order)).containsExactlyInAnyOrder("payment.paid.v1", "payment.charge-paid.v1");
        topics.first("payment.charge-paid.v1 of " + order, Topics.event("payment.charge-paid.v1", order));
        assertThat(topics.all(Topics.event("payment.charge-paid.v1", order)))
                .extracting(record -> Topics.header(record, "ce_id"))
                .as("whatever the relay repeats has the same id")
                .containsOnly(payments.eventId(order, "payment.charge-paid.v1"));
    }
}
