package dev.wonflow.order.order;

import dev.wonflow.access.Caller;
import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Cancels an unpaid order. */
@Service
public class CancelOrder {

    private final Orders orders;
    private final Changes changes;
    private final TransactionOperations transaction;
    private final Clock clock;

    CancelOrder(Orders orders, Changes changes, TransactionOperations transaction, Clock clock) {
        this.orders = orders;
        this.changes = changes;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Cancels.
     *
     * @throws OrderNotFound if the tenant has no such order
     * @throws CancelRefused while its payment is being checked, and once it is paid
     * @throws IllegalTransition if it is cancelled already
     */
    public Order cancel(Caller caller, String id) {
        return transaction.execute(_ -> {
            Order order = FindOrder.require(caller.tenant(), id, orders::lock);
            return changes.save(caller, "order.cancel", order, order.cancel(Moments.of(clock)));
        });
    }
}
