package dev.wonflow.order.order;

import dev.wonflow.access.Caller;
import dev.wonflow.order.OrderId;
import dev.wonflow.order.cart.Cart;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantId;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** Turns a cart into an order that waits for its payment. */
@Service
public class PlaceOrder {

    private final Orders orders;
    private final Changes changes;
    private final TransactionOperations transaction;
    private final IdSource ids;
    private final Clock clock;
    private final OrderProperties properties;

    PlaceOrder(
            Orders orders,
            Changes changes,
            TransactionOperations transaction,
            IdSource ids,
            Clock clock,
            OrderProperties properties) {
        this.orders = orders;
        this.changes = changes;
        this.transaction = transaction;
        this.ids = ids;
        this.clock = clock;
        this.properties = properties;
    }

    /** Places an order, in a transaction of its own. */
    public Order place(Caller caller, Cart cart) {
        return transaction.execute(_ -> changes.save(caller, "order.place", null, placed(caller.tenant(), null, cart)));
    }

    /**
     * Places the order of a checkout request, in the caller's transaction.
     *
     * @return the order of that request; one the tenant repeats has it already
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Order placeOnce(TenantId tenantId, String requestId, Cart cart) {
        return orders.findByRequest(tenantId, requestId)
                .orElseGet(() -> changes.save(placed(tenantId, requestId, cart)));
    }

    private Order.Change placed(TenantId tenantId, @Nullable String requestId, Cart cart) {
        return Order.placed(
                OrderId.of(ids.next()), tenantId, requestId, cart, Moments.of(clock), properties.paymentDeadline());
    }
}
