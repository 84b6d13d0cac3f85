package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.payment.sweep.SweepPayments;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The buyer agreed, and the browser never came back (F14). */
@WithPaymentService
class SweepIT {

    private final Driver driver;
    private final TossStub toss;
    private final SweepPayments sweep;
    private final JdbcClient jdbc;

    @Autowired
    SweepIT(Driver driver, TossStub toss, SweepPayments sweep, JdbcClient jdbc) {
        this.driver = driver;
        this.toss = toss;
        this.sweep = sweep;
        this.jdbc = jdbc;
    }

    @Test
    void f14_money_that_came_for_an_open_order_completes_it_by_the_sweep_alone() {
        OrderId order = driver.aPlacedOrder();
        confirmedElsewhere(order);
        anHourPasses(order);

        sweep.runOnce();

        driver.awaitStatus(order, "PAID");
        assertThat(driver.published(order)).endsWith("payment.paid.v1");
        assertThat(toss.confirms(order)).as("what a sweep sent").isEmpty();
    }

    @Test
    void f14_money_that_came_for_an_order_called_off_meanwhile_goes_back_by_itself() {
        OrderId order = driver.aPlacedOrder();
        confirmedElsewhere(order);
        anHourPasses(order);

        sweep.runOnce();
        driver.awaitStatus(order, "PAID");
        driver.cancelOrder(order);

        driver.awaitStatus(order, "REFUNDED");
        assertThat(toss.cancels(order)).hasSize(1);
    }

    @Test
    void f14_payment_toss_has_no_money_of_stays_as_it_is_and_is_asked_about_once() {
        OrderId order = driver.aPlacedOrder();
        anHourPasses(order);

        sweep.runOnce();
        await().until(() -> toss.calls(order).size() == 1);
        sweep.runOnce();

        assertThat(driver.status(order)).isEqualTo("REQUESTED");
        assertThat(toss.calls(order)).hasSize(1);
        assertThat(driver.published(order)).containsExactly("payment.requested.v1");
    }

    private void confirmedElsewhere(OrderId order) {
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.change(key, payment -> payment.put("status", "DONE").put("approvedAt", "2026-01-05T12:00:32+09:00"));
    }

    private void anHourPasses(OrderId order) {
        jdbc.sql("UPDATE payment SET requested_at = requested_at - interval '1 hour',"
                        + " changed_at = changed_at - interval '1 hour' WHERE order_id = ?")
                .param(order.value())
                .update();
    }
}
