package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@WithPaymentService
class ClosedOrderIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Driver driver;
    private final TossStub toss;
    private final JdbcClient jdbc;

    @Autowired
    ClosedOrderIT(Driver driver, TossStub toss, JdbcClient jdbc) {
        this.driver = driver;
        this.toss = toss;
        this.jdbc = jdbc;
    }

    @Test
    @Tag("F16")
    void order_closed_during_a_confirm_that_is_declined_takes_no_further_try() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        CountDownLatch answering = new CountDownLatch(1);
        toss.next(order, new TossStub.Fault.Held(answering, new TossStub.Fault.Refusal(403, "REJECT_CARD_COMPANY")));

        CompletableFuture<Driver.Answer> confirm = driver.confirmLater(order, key, Driver.AMOUNT);
        driver.awaitStatus(order, "CONFIRMING");
        driver.cancelOrder(order);
        awaitClosed(order);
        answering.countDown();

        assertThat(confirm.join().status()).isEqualTo(409);
        assertThat(confirm.join().text("code")).isEqualTo("payment.order-closed");
        assertThat(driver.status(order)).isEqualTo("CANCELED");
        assertThat(driver.published(order))
                .containsExactly("payment.requested.v1", "payment.failed.v1", "payment.canceled.v1");
        Driver.Answer again = driver.confirm(order, toss.authenticated(order, Driver.AMOUNT));
        assertThat(again.text("code")).isEqualTo("payment.order-closed");
        assertThat(toss.confirms(order)).hasSize(1);
        assertThat(driver.texts("SELECT outcome || ' ' || code FROM payment_attempt WHERE order_id = ?", order))
                .containsExactly("FAILED REJECT_CARD_COMPANY");
    }

    @Test
    @Tag("F1")
    @Tag("F14")
    @Tag("F16")
    void money_taken_for_a_closed_order_is_paid_and_goes_back_by_itself() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        CountDownLatch answering = new CountDownLatch(1);
        toss.next(order, new TossStub.Fault.Held(answering, new TossStub.Fault.Slow(Duration.ZERO)));

        CompletableFuture<Driver.Answer> confirm = driver.confirmLater(order, key, Driver.AMOUNT);
        driver.awaitStatus(order, "CONFIRMING");
        driver.cancelOrder(order);
        awaitClosed(order);
        answering.countDown();

        assertThat(confirm.join().text("status")).isEqualTo("paid");
        driver.awaitStatus(order, "REFUNDED");
        assertThat(driver.published(order))
                .containsExactly("payment.requested.v1", "payment.paid.v1", "payment.refunded.v1");
        assertThat(toss.cancels(order)).hasSize(1).allMatch(TossStub.Call::effect);
        assertThat(driver.incidents(order)).isEmpty();
    }

    @Test
    void order_called_off_before_its_announcement_was_readable_is_never_paid() {
        OrderId order = driver.anOrderId();
        driver.cancelOrder(order);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(driver.texts("SELECT order_id FROM closed_order WHERE order_id = ?", order))
                                .hasSize(1));

        double before = driver.skipped("order.placed.v1", "stale");

        driver.sendOrderEvent(order, "placed-" + order, "order.placed.v1", Driver.placed(order));

        await().atMost(PATIENCE).until(() -> driver.skipped("order.placed.v1", "stale") == before + 1);
        assertThat(driver.published(order)).isEmpty();
        // Not "on its way", although the order is seconds old: nothing will ever come.
        assertThat(driver.confirm(order, toss.authenticated(order, Driver.AMOUNT))
                        .status())
                .isEqualTo(404);
    }

    @Test
    @Tag("F16")
    void virtual_account_of_a_closed_order_is_closed_at_toss() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = waitingAccount(order);

        driver.cancelOrder(order);

        driver.awaitStatus(order, "CANCELED");
        assertThat(toss.cancels(order)).singleElement().satisfies(call -> {
            assertThat(call.path()).isEqualTo("/v1/payments/" + key + "/cancel");
            assertThat(call.idempotencyKey()).isEqualTo("close:" + order + ":" + key + ":1");
            assertThat(call.effect()).isTrue();
        });
        assertThat(driver.published(order))
                .containsExactly("payment.requested.v1", "payment.waiting-for-deposit.v1", "payment.canceled.v1");
        assertThat(closings(order)).containsExactly("1 CANCELED");
    }

    @Test
    void closing_that_is_lost_or_refused_is_repeated_until_toss_takes_no_deposit() {
        OrderId order = driver.aPlacedOrder();
        waitingAccount(order);
        toss.next(
                order,
                // The first look, the closing, another look, and so on.
                new TossStub.Fault.Slow(Duration.ZERO),
                new TossStub.Fault.Reset(),
                new TossStub.Fault.Slow(Duration.ZERO),
                new TossStub.Fault.Refusal(500, "FAILED_INTERNAL_SYSTEM_PROCESSING"));

        driver.cancelOrder(order);

        driver.awaitStatus(order, "CANCELED");
        assertThat(toss.cancels(order))
                .extracting(call ->
                        call.idempotencyKey().substring(call.idempotencyKey().lastIndexOf(':')))
                .containsExactly(":1", ":1", ":2");
        assertThat(closings(order)).containsExactly("1 FAILED_INTERNAL_SYSTEM_PROCESSING", "2 CANCELED");
    }

    @Test
    void deposit_for_a_closed_order_is_paid_and_reported() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = waitingAccount(order);
        toss.change(key, payment -> payment.put("status", "DONE").put("approvedAt", "2026-01-05T12:40:10+09:00"));

        driver.cancelOrder(order);

        driver.awaitStatus(order, "PAID");
        assertThat(driver.incidents(order)).containsExactly("PAID_FOR_CLOSED_ORDER");
        assertThat(toss.cancels(order)).isEmpty();
    }

    @Test
    void account_that_runs_out_without_a_webhook_fails() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = waitingAccount(order);
        toss.change(key, payment -> {
            payment.putObject("virtualAccount")
                    .put("dueDate", "2026-01-12T12:00:00+09:00")
                    .put("expired", true);
            return payment;
        });

        assertThat(driver.texts("""
                SELECT 'planned' FROM work JOIN payment ON payment.id::text = work.id
                WHERE order_id = ? AND kind = 'status-check.required' AND work.due_at > now()
                """, order))
                .as("look at the account, without any webhook")
                .containsExactly("planned");
        jdbc.sql("UPDATE work SET due_at = now() FROM payment WHERE payment.id::text = work.id AND order_id = ?")
                .param(order.value())
                .update();

        driver.awaitStatus(order, "FAILED");
        assertThat(driver.texts("SELECT failure_code FROM payment WHERE order_id = ?", order))
                .containsExactly("EXPIRED");
    }

    @Test
    @Tag("F18")
    void made_up_keys_end_at_once_and_are_limited_per_order() {
        OrderId order = driver.aPlacedOrder();
        for (int i = 0; i < 10; i++) {
            Driver.Answer made = driver.confirm(order, new PaymentKey("made-up-" + i + "-" + order));
            assertThat(made.status()).isEqualTo(402);
            assertThat(made.text("tossCode")).isEqualTo("NOT_FOUND_PAYMENT");
        }

        Driver.Answer limited = driver.confirm(order, toss.authenticated(order, Driver.AMOUNT));

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.text("code")).isEqualTo("payment.too-many-attempts");
        assertThat(limited.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 601L);
        assertThat(driver.incidents(order)).containsExactly("KEY_UNKNOWN");
        assertThat(driver.texts(
                        "SELECT times::text FROM reported_incident JOIN payment ON payment.id::text = about"
                                + " WHERE order_id = ?",
                        order))
                .containsExactly("10");
    }

    @Test
    @Tag("F18")
    void real_key_pays_right_after_a_made_up_one() {
        OrderId order = driver.aPlacedOrder();

        assertThat(driver.confirm(order, new PaymentKey("made-up-" + order)).status())
                .isEqualTo(402);
        assertThat(driver.confirm(order, toss.authenticated(order, Driver.AMOUNT))
                        .text("status"))
                .isEqualTo("paid");
    }

    private PaymentKey waitingAccount(OrderId order) {
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.change(key, payment -> {
            payment.put("status", "WAITING_FOR_DEPOSIT").put("method", "가상계좌");
            payment.putObject("virtualAccount").put("dueDate", "2099-01-12T12:00:00+09:00");
            return payment;
        });
        assertThat(driver.confirm(order, key).text("status")).isEqualTo("waiting_for_deposit");
        return key;
    }

    private void awaitClosed(OrderId order) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(driver.texts(
                                "SELECT 'closed' FROM payment WHERE order_id = ? AND order_closed_at IS NOT NULL",
                                order))
                        .hasSize(1));
    }

    private List<String> closings(OrderId order) {
        return driver.texts("""
                SELECT number || ' ' || answer FROM payment_closing JOIN payment ON payment.id = payment_id
                WHERE order_id = ? ORDER BY number
                """, order);
    }
}
