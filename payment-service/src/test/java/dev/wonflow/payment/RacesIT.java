package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.ObjectNode;

@WithPaymentService
class RacesIT {

    private static final int ROUNDS = 25;

    private final Driver driver;
    private final TossStub toss;
    private final Meeting meeting;

    @Autowired
    RacesIT(Driver driver, TossStub toss, Meeting meeting) {
        this.driver = driver;
        this.toss = toss;
        this.meeting = meeting;
    }

    @Test
    @Tag("F2")
    void parallel_confirms_are_one_call_and_one_event_and_all_get_its_result() {
        for (OrderId order : driver.placedOrders(ROUNDS)) {
            PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
            toss.next(order, new TossStub.Fault.Slow(Duration.ofMillis(50)));
            Meeting.Place claim = meeting.of(order, 4);

            List<CompletableFuture<Driver.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(driver.confirmLater(order, key, Driver.AMOUNT));
            }

            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.join().status()).isEqualTo(200);
                assertThat(answer.join().text("status")).isEqualTo("paid");
            });
            assertThat(toss.confirms(order)).as("calls about %s", order).hasSize(1);
            assertThat(driver.published(order)).containsExactly("payment.requested.v1", "payment.paid.v1");
            claim.assertRaced();
            // All but the winner, who may be one of the four others.
            assertThat(claim.losers()).as("claims of %s that lost", order).isBetween(3, 4);
        }
    }

    @Test
    @Tag("F2")
    void of_two_tries_at_once_one_is_sent() {
        for (OrderId order : driver.placedOrders(ROUNDS)) {
            PaymentKey first = toss.authenticated(order, Driver.AMOUNT);
            PaymentKey second = toss.authenticated(order, Driver.AMOUNT);
            Meeting.Place claim = meeting.of(order, 2);

            CompletableFuture<Driver.Answer> one = driver.confirmLater(order, first, Driver.AMOUNT);
            CompletableFuture<Driver.Answer> other = driver.confirmLater(order, second, Driver.AMOUNT);

            assertThat(Set.of(one.join().status(), other.join().status())).containsExactlyInAnyOrder(200, 409);
            assertThat(toss.confirms(order)).as("calls about %s", order).hasSize(1);
            claim.assertRaced();
            assertThat(claim.losers()).as("claims of %s that lost", order).isEqualTo(1);
        }
    }

    @Test
    @Tag("F2")
    void of_a_window_and_an_account_at_once_one_is_asked_for() {
        int windows = 0;
        int round = 0;
        for (OrderId order : driver.placedOrders(ROUNDS)) {
            PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
            String first = switch (round++ % 3) {
                case 0 -> "confirm";
                case 1 -> "virtual-account";
                default -> null;
            };
            Meeting.Place claim = meeting.ofTwo(order, driver.payment(order), first);

            CompletableFuture<Driver.Answer> confirm = driver.confirmLater(order, key, Driver.AMOUNT);
            CompletableFuture<Driver.Answer> account = driver.openAccountLater(order);

            boolean window = confirm.join().status() == 200;
            Driver.Answer loser = window ? account.join() : confirm.join();
            assertThat(loser.status()).as(loser.body().toString()).isEqualTo(409);
            assertThat(loser.text("code"))
                    .isIn("payment.account-asked-for", "payment.another-attempt-running", "payment.not-open");
            assertThat(account.join().status()).isEqualTo(window ? 409 : 201);
            assertThat(toss.confirms(order)).as("confirms of %s", order).hasSize(window ? 1 : 0);
            assertThat(toss.openings(order)).as("openings of %s", order).hasSize(window ? 0 : 1);
            assertThat(driver.published(order))
                    .containsExactly(
                            "payment.requested.v1", window ? "payment.paid.v1" : "payment.waiting-for-deposit.v1");
            claim.assertRaced();
            if (first != null) {
                assertThat(window).as("%s was first", first).isEqualTo(first.equals("confirm"));
            }
            windows += window ? 1 : 0;
        }
        assertThat(windows).as("races the window won, of %d", ROUNDS).isBetween(1, ROUNDS - 1);
    }

    @Test
    @Tag("F2")
    void confirm_webhook_and_cancelled_order_at_once_end_in_one_consistent_state() {
        Map<OrderId, Integer> statuses = new LinkedHashMap<>();
        for (OrderId order : driver.placedOrders(ROUNDS)) {
            PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
            // The confirm has read the payment, the webhook is being kept, and the cancellation is about to hold it.
            Meeting.Place all = meeting.of(order, 3);

            CompletableFuture<Driver.Answer> confirm = driver.confirmLater(order, key, Driver.AMOUNT);
            driver.sendWebhook(order, key, "DONE");
            driver.cancelOrder(order);
            statuses.put(order, confirm.join().status());
            all.assertRaced();
        }

        // The webhooks are answered for a while after the race is decided; that wait is one for all of them.
        statuses.forEach((order, status) -> {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(driver.webhooks(order)).isNotEmpty().doesNotContain("PENDING"));
            if (status == 200) {
                driver.awaitStatus(order, "REFUNDED");
                assertThat(driver.published(order))
                        .containsExactly("payment.requested.v1", "payment.paid.v1", "payment.refunded.v1");
                assertThat(toss.cancels(order)).as("calls about %s", order).hasSize(1);
                assertThat(driver.incidents(order)).isEmpty();
            } else {
                assertThat(status).isEqualTo(409);
                assertThat(driver.status(order)).isEqualTo("CANCELED");
                assertThat(toss.confirms(order)).isEmpty();
            }
        });
    }

    @Test
    @Tag("F3")
    void hundred_copies_of_a_webhook_have_one_effect_and_few_questions() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        driver.confirm(order, key);
        toss.change(key, RacesIT::refunded);

        List<CompletableFuture<Void>> copies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            copies.add(CompletableFuture.runAsync(() -> driver.sendWebhook(order, key, "CANCELED")));
        }
        copies.forEach(CompletableFuture::join);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(driver.webhooks(order)).hasSize(100).doesNotContain("PENDING"));
        assertThat(driver.webhooks(order)).contains("APPLIED");
        assertThat(driver.published(order))
                .containsExactly("payment.requested.v1", "payment.paid.v1", "payment.refunded.v1");
        assertThat(toss.calls(order)).hasSizeLessThan(10);
    }

    private static ObjectNode refunded(ObjectNode payment) {
        return payment.put("status", "CANCELED").put("balanceAmount", 0);
    }
}
