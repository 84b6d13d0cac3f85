package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** What a flood of forgeries costs with the settings as shipped and a test key. */
@WithPaymentService
@TestPropertySource(
        properties = {
            "wonflow.quota.per-minute=100",
            "wonflow.status-check.first-delay=2s",
            "wonflow.status-check.poll-interval=5s",
            "wonflow.status-check.hint-window=2s"
        })
@Tag("F6")
class ForgedWebhooksIT {

    private static final int FORGERIES = 2_000;
    private static final int TOSS_ALLOWS = 100;

    private final Driver driver;
    private final TossStub toss;
    private final JdbcClient jdbc;

    @Autowired
    ForgedWebhooksIT(Driver driver, TossStub toss, JdbcClient jdbc) {
        this.driver = driver;
        this.toss = toss;
        this.jdbc = jdbc;
    }

    @Test
    void flood_about_our_payments_takes_neither_tosss_quota_nor_the_turn_of_a_lost_answer() {
        List<OrderId> targets = driver.placedOrders(200);
        OrderId lost = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(lost, Driver.AMOUNT);
        toss.next(lost, new TossStub.Fault.AnswerLost());
        for (int i = 0; i < FORGERIES; i++) {
            driver.sendWebhook(targets.get(i % targets.size()), new PaymentKey("forged" + i), "DONE");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> !toss.calls().isEmpty());

        assertThat(driver.confirm(lost, key).status()).isEqualTo(202);
        driver.awaitStatus(lost, "PAID");
        await().atMost(Duration.ofSeconds(40)).until(() -> forgeriesKept() == FORGERIES);

        assertThat(toss.calls()).as("calls in all, in less than a minute").hasSizeLessThanOrEqualTo(TOSS_ALLOWS);
        assertThat(toss.calls(lost)).as("the confirm and one question").hasSize(2);
    }

    private long forgeriesKept() {
        return jdbc.sql("SELECT count(*) FROM toss_webhook_all WHERE payment_key LIKE 'forged%'")
                .query(Long.class)
                .single();
    }
}
