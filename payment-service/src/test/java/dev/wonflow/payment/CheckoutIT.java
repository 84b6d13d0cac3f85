package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@WithPaymentService
class CheckoutIT {

    private final Driver driver;
    private final TossStub toss;

    @Autowired
    CheckoutIT(Driver driver, TossStub toss) {
        this.driver = driver;
        this.toss = toss;
    }

    @Test
    void placed_order_is_paid_by_a_confirm() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);

        Driver.Answer answer = driver.confirm(order, key);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("status")).isEqualTo("paid");
        assertThat(answer.text("method")).isEqualTo("카드");
        assertThat(driver.published(order)).containsExactly("payment.requested.v1", "payment.paid.v1");
        assertThat(toss.confirms(order)).singleElement().satisfies(call -> {
            assertThat(call.authorization()).isEqualTo("Basic dGVzdF9za19wYXltZW50X3NlcnZpY2VfMDAwMTo=");
            assertThat(call.idempotencyKey()).isEqualTo(order + ":" + key);
            assertThat(call.body())
                    .isEqualTo("{\"paymentKey\":\"%s\",\"orderId\":\"%s\",\"amount\":33000}".formatted(key, order));
        });
        for (String id : new String[] {answer.text("paymentId"), order.value(), key.value()}) {
            assertThat(driver.get("/api/payments/lookup?id=" + id).text("status"))
                    .as("lookup by %s", id)
                    .isEqualTo("paid");
        }
    }

    @Test
    @Tag("F2")
    void same_order_announced_twice_has_one_payment() {
        OrderId order = driver.anOrderId();
        String id = "placed-" + order;

        driver.sendOrderEvent(order, id, "order.placed.v1", Driver.placed(order));
        driver.sendOrderEvent(order, id, "order.placed.v1", Driver.placed(order));
        driver.sendOrderEvent(order, id + "-again", "order.placed.v1", Driver.placed(order));
        driver.sendOrderEvent(order, id + "-end", "order.cancelled.v1", "{\"orderId\":\"" + order + "\"}");

        driver.awaitStatus(order, "CANCELED");
        assertThat(driver.published(order)).containsExactly("payment.requested.v1", "payment.canceled.v1");
    }

    @Test
    void order_told_of_after_its_cancellation_opens_no_payment() {
        OrderId order = driver.anOrderId();
        driver.sendOrderEvent(order, order + "-end", "order.cancelled.v1", "{\"orderId\":\"" + order + "\"}");
        double before = driver.skipped("order.placed.v1", "stale");

        driver.sendOrderEvent(order, order + "-begin", "order.placed.v1", Driver.placed(order));

        await("the late message is dropped")
                .atMost(Duration.ofSeconds(20))
                .until(() -> driver.skipped("order.placed.v1", "stale") == before + 1);
        assertThat(driver.status(order)).isEqualTo("none");
        assertThat(driver.confirm(order, toss.authenticated(order, Driver.AMOUNT))
                        .status())
                .as("whose order it was is not in the message")
                .isEqualTo(503);
    }

    @Test
    @Tag("F18")
    void changed_amount_is_refused_before_toss_is_called_and_recorded() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);

        Driver.Answer answer = driver.confirm(order, key, 100);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("code")).isEqualTo("payment.amount-mismatch");
        assertThat(toss.calls(order)).isEmpty();
        assertThat(driver.incidents(order)).containsExactly("AMOUNT_TAMPERED");
        assertThat(driver.status(order)).isEqualTo("REQUESTED");
    }

    @Test
    @Tag("F1")
    void lost_answer_is_unknown_and_then_paid_by_a_status_check() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.next(order, new TossStub.Fault.AnswerLost());

        Driver.Answer answer = driver.confirm(order, key);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("unknown");
        driver.awaitStatus(order, "PAID");
        assertThat(driver.published(order))
                .containsExactly("payment.requested.v1", "payment.outcome-unknown.v1", "payment.paid.v1");
        assertThat(toss.confirms(order)).hasSize(1);
    }

    @Test
    @Tag("F1")
    void lost_request_is_repeated_under_its_key_and_paid_once() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.next(order, new TossStub.Fault.Reset());

        assertThat(driver.confirm(order, key).status()).isEqualTo(202);

        driver.awaitStatus(order, "PAID");
        assertThat(toss.confirms(order))
                .hasSize(2)
                .extracting(TossStub.Call::idempotencyKey)
                .containsOnly(order + ":" + key);
    }

    @Test
    void decline_fails_and_the_next_try_pays() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey first = toss.authenticated(order, Driver.AMOUNT);
        toss.next(order, new TossStub.Fault.Refusal(403, "REJECT_CARD_COMPANY"));

        Driver.Answer declined = driver.confirm(order, first);
        Driver.Answer again = driver.confirm(order, first);
        Driver.Answer second = driver.confirm(order, toss.authenticated(order, Driver.AMOUNT));

        assertThat(declined.status()).isEqualTo(402);
        assertThat(declined.text("code")).isEqualTo("payment.declined");
        assertThat(declined.text("tossCode")).isEqualTo("REJECT_CARD_COMPANY");
        assertThat(again.status()).isEqualTo(402);
        assertThat(second.text("status")).isEqualTo("paid");
        assertThat(toss.confirms(order)).hasSize(2);
        assertThat(driver.published(order))
                .containsExactly("payment.requested.v1", "payment.failed.v1", "payment.paid.v1");
    }

    @Test
    void buyer_who_closes_the_window_ends_the_payment() {
        OrderId order = driver.aPlacedOrder();

        Driver.Answer answer = driver.post(
                "/api/payments/toss/fail", "{\"orderId\":\"%s\",\"code\":\"PAY_PROCESS_CANCELED\"}".formatted(order));

        assertThat(answer.text("status")).isEqualTo("canceled");
        assertThat(driver.published(order)).containsExactly("payment.requested.v1", "payment.canceled.v1");
        assertThat(driver.confirm(order, toss.authenticated(order, Driver.AMOUNT))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void window_that_fails_leaves_room_for_another_try() {
        OrderId order = driver.aPlacedOrder();
        String fail = "{\"orderId\":\"%s\",\"code\":\"PAY_PROCESS_ABORTED\",\"message\":\"중단\"}".formatted(order);

        driver.post("/api/payments/toss/fail", fail);
        Driver.Answer reloaded = driver.post("/api/payments/toss/fail", fail);

        assertThat(reloaded.text("status")).isEqualTo("failed");
        assertThat(driver.published(order)).containsExactly("payment.requested.v1", "payment.failed.v1");
        assertThat(driver.confirm(order, toss.authenticated(order, Driver.AMOUNT))
                        .text("status"))
                .isEqualTo("paid");
    }

    @Test
    void plan_is_ordered_and_paid_without_an_order_event() {
        driver.price("team", 29_000, 1);

        Driver.Answer ordered = driver.post("/api/payments/toss/order", "{\"amount\":29000,\"plan\":\"team\"}");

        assertThat(ordered.status()).isEqualTo(201);
        assertThat(ordered.text("clientKey")).isEqualTo("test_ck_payment_service_0001");
        assertThat(UUID.fromString(ordered.text("customerKey")).version()).isEqualTo(4);
        OrderId order = new OrderId(ordered.text("orderId"));
        assertThat(driver.confirm(order, toss.authenticated(order, 29_000), 29_000)
                        .text("plan"))
                .isEqualTo("team");
    }

    @Test
    void nonsense_is_answered_with_a_problem() {
        assertThat(driver.post("/api/payments/toss/order", "{\"amount\":99}").text("code"))
                .isEqualTo("request.invalid");
        assertThat(driver.post("/api/payments/toss/order", "{\"amount\":1000,\"currency\":\"USD\"}")
                        .status())
                .isEqualTo(400);
        assertThat(driver.post("/api/payments/toss/confirm", "{\"orderId\":").text("code"))
                .isEqualTo("request.malformed");
        assertThat(driver.confirm(new OrderId("ord_nobody"), new PaymentKey("nobody"))
                        .status())
                .isEqualTo(404);
        assertThat(driver.get("/api/payments/lookup?id=nobody").text("code")).isEqualTo("payment.not-found");
        assertThat(driver.get("/api/payments/lookup").status()).isEqualTo(400);
    }

    @Test
    @Tag("F3")
    void same_webhook_three_times_has_one_effect() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.status(key, "DONE");
        toss.change(key, payment -> payment.put("approvedAt", "2026-01-05T12:00:32+09:00"));

        for (int i = 0; i < 3; i++) {
            driver.sendWebhook(order, key, "DONE");
        }

        driver.awaitStatus(order, "PAID");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(driver.webhooks(order)).hasSize(3).doesNotContain("PENDING"));
        assertThat(driver.published(order)).containsExactly("payment.requested.v1", "payment.paid.v1");
    }
}
