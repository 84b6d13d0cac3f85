package dev.wonflow.order.order;

import dev.wonflow.access.Caller;
import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Sends the goods of a confirmed order. */
@Service
public class ShipOrder {

    private final Orders orders;
    private final Changes changes;
    private final TransactionOperations transaction;
    private final Clock clock;

    ShipOrder(Orders orders, Changes changes, TransactionOperations transaction, Clock clock) {
        this.orders = orders;
        this.changes = changes;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Ships.
     *
     * @throws OrderNotFound if the tenant has no such order
     * @throws IllegalTransition unless the order is confirmed
     */
    public Order ship(Caller caller, String id) {
        return transaction.execute(_ -> {
            Order order = FindOrder.require(caller.tenant(), id, orders::lock);
            return changes.save(caller, "order.ship", order, order.ship(Moments.of(clock)));
        });
    }
}
