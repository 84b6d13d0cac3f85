package dev.wonflow.order.order;

import dev.wonflow.order.OrderId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Cancels orders that were not paid in time. */
@Service
public class ExpireOrders {

    private static final Logger log = LoggerFactory.getLogger(ExpireOrders.class);

    private final Orders orders;
    private final Changes changes;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final OrderProperties properties;

    ExpireOrders(
            Orders orders,
            Changes changes,
            TransactionOperations transaction,
            Clock clock,
            OrderProperties properties) {
        this.orders = orders;
        this.changes = changes;
        this.transaction = transaction;
        this.clock = clock;
        this.properties = properties;
    }

    /**
     * Looks at every order that is due now, each in a transaction of its own, so that a bad one stops no other.
     *
     * @return how many were cancelled
     */
    public int runOnce() {
        Instant now = Moments.of(clock);
        int expired = 0;
        Orders.@Nullable Due last = null;
        List<Orders.Due> page;
        do {
            page = orders.due(now, last, properties.sweepPage());
            for (Orders.Due due : page) {
                expired += expire(due.id(), now) ? 1 : 0;
                last = due;
            }
        } while (page.size() == properties.sweepPage());
        if (expired > 0) {
            log.info("Cancelled {} orders that were not paid in time", expired);
        }
        return expired;
    }

    private boolean expire(OrderId id, Instant now) {
        try {
            // Looked at again under the lock: its payment may have come in since the page was read.
            return transaction.execute(_ -> orders.lock(id)
                    .filter(order -> order.isExpired(now))
                    .map(order -> changes.save(order.expire(now)))
                    .isPresent());
        } catch (RuntimeException e) {
            log.warn("Order {} could not be cancelled after its deadline; the next sweep tries again", id, e);
            return false;
        }
    }
}
