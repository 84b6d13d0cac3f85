package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.toss.TossStub;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Toss answers no confirm for as long as the test wants, and more buyers come than may wait for it. */
@WithPaymentService
class SlowTossIT {

    /** As the setting says by itself. */
    private static final int PLACES = 100;

    private static final int CALLERS = PLACES + 30;

    private final Driver driver;
    private final TossStub toss;
    private final CallRoom callRoom;
    private final MeterRegistry meters;

    @Autowired
    SlowTossIT(Driver driver, TossStub toss, CallRoom callRoom, MeterRegistry meters) {
        this.driver = driver;
        this.toss = toss;
        this.callRoom = callRoom;
        this.meters = meters;
    }

    /** The first status check of a lost answer is refused meanwhile, so that a second one has to come. */
    @Test
    void slow_confirms_starve_nobody_and_all_of_them_are_paid_once_toss_is_fast_again() {
        OrderId paid = driver.aPlacedOrder();
        PaymentKey paidKey = toss.authenticated(paid, Driver.AMOUNT);
        assertThat(driver.confirm(paid, paidKey).status()).isEqualTo(200);
        OrderId lost = driver.aPlacedOrder();
        CountDownLatch question = new CountDownLatch(1);
        toss.next(
                lost,
                new TossStub.Fault.AnswerLost(),
                new TossStub.Fault.Held(
                        question, new TossStub.Fault.Refusal(500, "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING")));
        assertThat(driver.confirm(lost, toss.authenticated(lost, Driver.AMOUNT)).status())
                .isEqualTo(202);
        List<OrderId> orders = driver.placedOrders(CALLERS);
        CountDownLatch slow = new CountDownLatch(1);
        Map<OrderId, PaymentKey> keys = new LinkedHashMap<>();
        for (OrderId order : orders) {
            keys.put(order, toss.authenticated(order, Driver.AMOUNT));
            toss.next(order, new TossStub.Fault.Held(slow, new TossStub.Fault.Slow(Duration.ZERO)));
        }

        Map<OrderId, CompletableFuture<Driver.Answer>> confirms = new LinkedHashMap<>();
        keys.forEach((order, key) -> confirms.put(order, driver.confirmLater(order, key, Driver.AMOUNT)));
        List<OrderId> waiting;
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> callRoom.inFlight(Operation.CONFIRM) >= PLACES
                            && answered(confirms).count() >= CALLERS - PLACES);

            // Those without a place are sent away, and nothing was begun for them.
            List<OrderId> sentAway = answered(confirms).toList();
            assertThat(sentAway).hasSize(CALLERS - PLACES).allSatisfy(order -> {
                Driver.Answer answer = answer(confirms, order);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text("code")).isEqualTo("payment.toss-busy");
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(driver.status(order)).isEqualTo("REQUESTED");
                assertThat(driver.texts(
                                "SELECT code FROM payment_attempt JOIN payment ON payment.id = payment_id"
                                        + " WHERE payment.order_id = ?",
                                order))
                        .isEmpty();
            });
            assertThat(callRoom.inFlight(Operation.CONFIRM)).isEqualTo(PLACES);
            waiting = orders.stream().filter(order -> !sentAway.contains(order)).toList();

            // Everything else is answered before any of those confirms is.
            assertThat(driver.get("/api/payments/" + paid).status()).isEqualTo(200);
            assertThat(driver.get("/readyz").status()).isEqualTo(200);
            assertThat(driver.get("/livez").status()).isEqualTo(200);
            assertThat(driver.refund(paid, "{\"cancelReason\":\"구매자 요청\",\"cancelAmount\":1000}")
                            .status())
                    .isEqualTo(200);
            question.countDown();
            driver.awaitStatus(lost, "PAID");
            await().atMost(Duration.ofSeconds(20)).until(() -> connections("idle") > 0);
            assertThat(connections("pending")).isZero();
            assertThat(answered(confirms)).hasSize(CALLERS - PLACES);
        } finally {
            slow.countDown();
        }

        assertThat(waiting)
                .allSatisfy(
                        order -> assertThat(answer(confirms, order).status()).isEqualTo(200));
        keys.forEach((order, key) -> {
            if (!waiting.contains(order)) {
                assertThat(driver.confirm(order, key).status()).isEqualTo(200);
            }
            assertThat(driver.status(order)).isEqualTo("PAID");
            assertThat(toss.confirms(order)).as("confirms of %s", order).hasSize(1);
        });
        assertThat(callRoom.inFlight(Operation.CONFIRM)).isZero();
    }

    private double connections(String state) {
        return meters.get("hikaricp.connections." + state).gauge().value();
    }

    private static Driver.Answer answer(Map<OrderId, CompletableFuture<Driver.Answer>> confirms, OrderId order) {
        return Objects.requireNonNull(confirms.get(order)).join();
    }

    private static Stream<OrderId> answered(Map<OrderId, CompletableFuture<Driver.Answer>> confirms) {
        return confirms.entrySet().stream()
                .filter(confirm -> confirm.getValue().isDone())
                .map(Map.Entry::getKey);
    }
}
