package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/** A plan costs what the catalogue says. */
@WithPaymentService
@Tag("F20")
class PlanPriceIT {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String plan = "plan-" + NUMBERS.incrementAndGet();
    private final Driver driver;
    private final TossStub toss;
    private final JdbcClient jdbc;
    private final KafkaListenerEndpointRegistry listeners;
    private final MeterRegistry meters;

    @Autowired
    PlanPriceIT(
            Driver driver,
            TossStub toss,
            JdbcClient jdbc,
            KafkaListenerEndpointRegistry listeners,
            MeterRegistry meters) {
        this.driver = driver;
        this.toss = toss;
        this.jdbc = jdbc;
        this.listeners = listeners;
        this.meters = meters;
    }

    @Test
    void plan_for_another_amount_is_refused_before_there_is_anything_to_pay() {
        driver.price(plan, 29_000, 1);

        Driver.Answer cheap = order(100);
        Driver.Answer dear = order(29_001);

        for (Driver.Answer refused : new Driver.Answer[] {cheap, dear}) {
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text("code")).isEqualTo("plan.another-price");
            assertThat(refused.body().path("expectedAmount").longValue()).isEqualTo(29_000);
        }
        assertThat(cheap.text("detail"))
                .isEqualTo("amount: 100 KRW (expected: 29000 KRW, the price of plan " + plan + ")");
        assertThat(payments()).isZero();
        assertThat(order(29_000).status()).isEqualTo(201);
    }

    @Test
    void plan_that_is_not_on_sale_is_refused() {
        driver.price("another-" + plan, 1_000, 1);

        await().alias("the end of the catalogue")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(order(29_000).status()).isEqualTo(422));

        assertThat(order(29_000).text("code")).isEqualTo("plan.not-on-sale");
        assertThat(payments()).isZero();
    }

    @Test
    void withdrawn_plan_is_refused_and_one_that_comes_back_is_sold() {
        driver.price(plan, 29_000, 1);
        driver.withdraw(plan, 2);
        assertThat(order(29_000).text("code")).isEqualTo("plan.not-on-sale");

        driver.price(plan, 31_000, 3);

        assertThat(order(31_000).status()).isEqualTo(201);
    }

    @Test
    void older_word_about_a_plan_changes_nothing() {
        driver.price(plan, 31_000, 2);
        driver.price(plan, 29_000, 1);
        driver.price("after-" + plan, 1_000, 1);

        assertThat(order(29_000).text("code")).isEqualTo("plan.another-price");
        assertThat(order(31_000).status()).isEqualTo(201);
    }

    @Test
    void payment_requested_at_the_old_price_is_taken_at_it_and_says_which_it_was() {
        driver.price(plan, 29_000, 7);
        OrderId order = new OrderId(order(29_000).text("orderId"));
        driver.price(plan, 31_000, 8);

        Driver.Answer paid = driver.confirm(order, toss.authenticated(order, 29_000), 29_000);

        assertThat(paid.text("status")).isEqualTo("paid");
        assertThat(driver.texts(
                        "SELECT payload::json->>'planVersion' FROM outbox WHERE aggregateid = ? AND type = 'payment.paid.v1'",
                        order))
                .containsExactly("7");
    }

    @Test
    void while_nobody_has_told_any_price_a_plan_can_be_ordered_later_and_an_amount_at_once() {
        jdbc.sql("DELETE FROM plan_price").update();

        Driver.Answer later = order(29_000);

        assertThat(later.status()).isEqualTo(503);
        assertThat(later.text("code")).isEqualTo("plan.catalogue-not-read");
        assertThat(later.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(driver.post("/api/payments/toss/order", "{\"amount\":100}").status())
                .isEqualTo(201);
    }

    @Test
    void order_of_a_plan_at_another_price_ends_before_anybody_can_pay_it() {
        driver.price(plan, Driver.AMOUNT + 1, 1);
        OrderId order = driver.anOrderId();

        driver.sendOrderEvent(order, order + "-placed", "order.placed.v1", Driver.placed(order, plan));

        driver.awaitStatus(order, "CANCELED");
        assertThat(driver.published(order)).containsExactly("payment.requested.v1", "payment.canceled.v1");
        assertThat(driver.texts(
                        "SELECT payload::json->>'reason' FROM outbox WHERE aggregateid = ? AND type = 'payment.canceled.v1'",
                        order))
                .containsExactly("NOT_ON_SALE");
        assertThat(driver.confirm(order, toss.authenticated(order, Driver.AMOUNT))
                        .status())
                .isEqualTo(409);
        assertThat(toss.confirms(order)).isEmpty();
    }

    @Test
    void order_of_a_plan_at_its_price_is_paid() {
        driver.price(plan, Driver.AMOUNT, 1);
        OrderId order = driver.anOrderId();

        driver.sendOrderEvent(order, order + "-placed", "order.placed.v1", Driver.placed(order, plan));

        driver.awaitStatus(order, "REQUESTED");
        assertThat(driver.confirm(order, toss.authenticated(order, Driver.AMOUNT))
                        .text("status"))
                .isEqualTo("paid");
    }

    @Test
    void order_of_a_plan_the_whole_catalogue_does_not_know_ends_before_anybody_can_pay_it() {
        driver.price("another", 1_000, 1);
        OrderId order = placed();

        driver.awaitStatus(order, "CANCELED");
        assertThat(driver.published(order)).containsExactly("payment.requested.v1", "payment.canceled.v1");
    }

    @Test
    void order_of_a_plan_told_of_but_not_read_of_yet_waits_and_is_not_canceled() {
        driver.price("another-" + plan, 1_000, 1);
        OrderId order;
        MessageListenerContainer catalogue = listener("payment-service.plan-catalogue");
        catalogue.stop();
        try {
            driver.announcePrice(plan, Driver.AMOUNT, 1);
            assertThat(order(Driver.AMOUNT).text("code")).isEqualTo("plan.catalogue-not-read");
            order = placed();

            awaitStandstill();
        } finally {
            catalogue.start();
        }

        driver.awaitStatus(order, "REQUESTED");
        assertThat(driver.published(order)).containsExactly("payment.requested.v1");
    }

    @Test
    void order_of_a_plan_waits_for_the_catalogue_longer_than_an_unexpected_failure_is_retried() {
        jdbc.sql("DELETE FROM plan_price").update();
        OrderId order = placed();

        await().alias("retries of an unexpected failure, which take 6 seconds")
                .pollDelay(Duration.ofSeconds(8))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(this::awaitStandstill);

        assertThat(driver.status(order)).isEqualTo("none");
        driver.price(plan, Driver.AMOUNT, 1);
        driver.awaitStatus(order, "REQUESTED");
    }

    private OrderId placed() {
        OrderId order = driver.anOrderId();
        driver.sendOrderEvent(order, order + "-placed", "order.placed.v1", Driver.placed(order, plan));
        return order;
    }

    private MessageListenerContainer listener(String id) {
        return Objects.requireNonNull(listeners.getListenerContainer(id));
    }

    private void awaitStandstill() {
        await().alias("an order that is held back")
                .atMost(Duration.ofSeconds(30))
                .until(() -> meters.get("wonflow.inbox.standstills").gauge().value() == 1);
    }

    private Driver.Answer order(long amount) {
        return driver.post("/api/payments/toss/order", "{\"amount\":%d,\"plan\":\"%s\"}".formatted(amount, plan));
    }

    private int payments() {
        return jdbc.sql("SELECT count(*) FROM payment WHERE plan = :plan")
                .param("plan", plan)
                .query(Integer.class)
                .single();
    }
}
