package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.support.TransactionOperations;

/** What the webhooks that follow confirms ask of the database, and for whom they wait. */
@WithPaymentService
class WebhookCostIT {

    private static final Logger log = LoggerFactory.getLogger(WebhookCostIT.class);

    private static final String LISTENER = "payment-service.toss-webhooks";
    private static final int WEBHOOKS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Driver driver;
    private final TossStub toss;
    private final DatabaseCost cost;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final MessageListenerContainer webhooks;

    @Autowired
    WebhookCostIT(
            Driver driver,
            TossStub toss,
            DatabaseCost cost,
            JdbcClient jdbc,
            TransactionOperations transaction,
            KafkaListenerEndpointRegistry listeners) {
        this.driver = driver;
        this.toss = toss;
        this.cost = cost;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.webhooks = Objects.requireNonNull(listeners.getListenerContainer(LISTENER));
    }

    @AfterEach
    void readOn() {
        webhooks.start();
    }

    @Test
    void webhooks_that_tell_what_is_known_take_a_commit_for_each_poll_and_three_statements_each() {
        webhooks.stop();
        Map<OrderId, PaymentKey> paid = new LinkedHashMap<>();
        driver.placedOrders(WEBHOOKS).forEach(order -> paid.put(order, toss.authenticated(order, Driver.AMOUNT)));
        paid.forEach(
                (order, key) -> assertThat(driver.confirm(order, key).status()).isEqualTo(200));
        paid.forEach((order, key) -> driver.sendWebhook(order, key, "DONE"));
        int calls = toss.calls().size();
        DatabaseCost.Count before = cost.soFar(LISTENER);

        webhooks.start();
        paid.keySet()
                .forEach(order -> await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(driver.webhooks(order)).containsExactly("ALREADY_KNOWN")));

        DatabaseCost.Count found = cost.soFar(LISTENER).since(before);
        log.info(
                "A webhook: {} statements, {} commits",
                (double) found.statements() / WEBHOOKS,
                (double) found.commits() / WEBHOOKS);
        assertThat(found.commits()).as("a poll is up to fifty").isLessThanOrEqualTo(WEBHOOKS / 6);
        assertThat(found.statements())
                .as("find the payment and its secret, and keep the webhook; the claim once for a poll")
                .isLessThanOrEqualTo(3 * WEBHOOKS + found.commits());
        assertThat(toss.calls()).hasSize(calls);
    }

    /** Else all that come with it would wait as well, and the confirms that they tell of for them. */
    @Test
    void webhook_is_kept_while_somebody_holds_its_payment() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);

        transaction.executeWithoutResult(_ -> {
            jdbc.sql("SELECT id FROM payment WHERE order_id = ? FOR UPDATE")
                    .param(order.value())
                    .query()
                    .singleRow();
            driver.sendWebhook(order, key, "DONE");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(driver.webhooks(order)).containsExactly("PENDING"));
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(driver.webhooks(order)).containsExactly("NO_CHANGE"));
    }
}
