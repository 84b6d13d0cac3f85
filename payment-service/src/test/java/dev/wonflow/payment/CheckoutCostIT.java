package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/** What a checkout asks of the database when many come at once. Counts may not grow unseen. */
@WithPaymentService
class CheckoutCostIT {

    private static final Logger log = LoggerFactory.getLogger(CheckoutCostIT.class);

    private static final String LISTENER = "payment-service.order-events";
    private static final int CHECKOUTS = 200;

    private final Driver driver;
    private final DatabaseCost cost;
    private final MessageListenerContainer orders;

    @Autowired
    CheckoutCostIT(Driver driver, DatabaseCost cost, KafkaListenerEndpointRegistry listeners) {
        this.driver = driver;
        this.cost = cost;
        this.orders = Objects.requireNonNull(listeners.getListenerContainer(LISTENER));
    }

    @AfterEach
    void readOn() {
        orders.start();
    }

    @Test
    void checkouts_at_once_take_a_commit_for_each_poll_and_few_statements_each() {
        orders.stop();
        List<OrderId> placed =
                Stream.generate(driver::anOrderId).limit(CHECKOUTS).toList();
        placed.forEach(order -> driver.sendOrderEvent(order, "cost-" + order, "order.placed.v1", Driver.placed(order)));
        DatabaseCost.Count before = cost.soFar(LISTENER);
        WrittenAhead written = WrittenAhead.now();

        orders.start();
        placed.forEach(order -> driver.awaitStatus(order, "REQUESTED"));

        DatabaseCost.Count found = cost.soFar(LISTENER).since(before);
        long wal = written.bytes() / CHECKOUTS;
        log.info(
                "A checkout: {} statements, {} commits, {} bytes of WAL with all that goes on beside it",
                (double) found.statements() / CHECKOUTS,
                (double) found.commits() / CHECKOUTS,
                wal);
        assertThat(found.commits()).as("a poll is up to fifty").isLessThanOrEqualTo(CHECKOUTS / 10);
        assertThat(found.statements())
                .as("find the payment, ask for the order's end, store it; the rest once for a poll")
                .isLessThanOrEqualTo(3 * CHECKOUTS + 3 * found.commits());
        assertThat(wal).as("bytes of WAL").isLessThan(8_000);
    }
}
