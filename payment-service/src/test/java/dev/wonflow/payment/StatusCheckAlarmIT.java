package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Nobody would look for an hour if nobody were woken. */
@WithPaymentService
@TestPropertySource(properties = "wonflow.status-check.poll-interval=1m")
class StatusCheckAlarmIT {

    private final Driver driver;
    private final TossStub toss;

    @Autowired
    StatusCheckAlarmIT(Driver driver, TossStub toss) {
        this.driver = driver;
        this.toss = toss;
    }

    @Test
    void lost_answer_is_asked_about_when_it_is_due_although_the_status_checks_rest() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.next(order, new TossStub.Fault.AnswerLost());

        assertThat(driver.confirm(order, key).status()).isEqualTo(202);

        driver.awaitStatus(order, "PAID");
    }

    @Test
    void lost_request_is_asked_about_again_and_again_until_it_is_paid() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.next(order, new TossStub.Fault.Reset());

        assertThat(driver.confirm(order, key).status()).isEqualTo(202);

        driver.awaitStatus(order, "PAID");
    }

    @Test
    void webhook_is_looked_into_although_the_status_checks_rest() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.status(key, "EXPIRED");

        driver.sendWebhook(order, key, "EXPIRED");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(driver.webhooks(order)).hasSize(1).doesNotContain("PENDING"));
    }
}
