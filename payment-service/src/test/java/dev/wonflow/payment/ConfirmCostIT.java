package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.gateway.toss.TossStub;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** What a confirm asks of the database. Counts do not depend on the machine, so they may not grow unseen. */
@WithPaymentService
class ConfirmCostIT {

    private static final Logger log = LoggerFactory.getLogger(ConfirmCostIT.class);

    private static final int CONFIRMS = 20;

    private final Driver driver;
    private final TossStub toss;
    private final DatabaseCost cost;

    @Autowired
    ConfirmCostIT(Driver driver, TossStub toss, DatabaseCost cost) {
        this.driver = driver;
        this.toss = toss;
        this.cost = cost;
    }

    @Test
    void confirm_takes_two_commits_and_few_statements() {
        List<OrderId> orders = new ArrayList<>();
        List<PaymentKey> keys = new ArrayList<>();
        for (int i = 0; i < CONFIRMS; i++) {
            OrderId order = driver.aPlacedOrder();
            orders.add(order);
            keys.add(toss.authenticated(order, Driver.AMOUNT));
        }
        DatabaseCost.Count before = cost.soFar(DatabaseCost.REQUESTS);
        WrittenAhead written = WrittenAhead.now();

        for (int i = 0; i < CONFIRMS; i++) {
            assertThat(driver.confirm(orders.get(i), keys.get(i)).status()).isEqualTo(200);
        }

        DatabaseCost.Count found = cost.soFar(DatabaseCost.REQUESTS).since(before);
        long wal = written.bytes() / CONFIRMS;
        log.info(
                "A confirm: {} statements, {} commits, {} bytes of WAL with all that goes on beside it",
                (double) found.statements() / CONFIRMS,
                (double) found.commits() / CONFIRMS,
                wal);
        assertThat(found.commits())
                .as("before Toss is called, and with its answer")
                .isEqualTo(2L * CONFIRMS);
        assertThat(found.statements()).as("statements of all confirms").isLessThanOrEqualTo(14L * CONFIRMS);
        assertThat(wal).as("bytes of WAL").isLessThan(10_000);
    }
}
