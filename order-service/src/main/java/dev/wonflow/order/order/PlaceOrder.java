package dev.wonflow.order.order;

import dev.wonflow.order.OrderId;
import dev.wonflow.order.cart.Cart;
import dev.wonflow.runtime.IdSource;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Turns a cart into an order that waits for its payment. */
@Service
public class PlaceOrder {

    private final Orders orders;
    private final OrderEvents events;
    private final TransactionOperations transaction;
    private final IdSource ids;
    private final Clock clock;
    private final OrderProperties properties;

    PlaceOrder(
            Orders orders,
            OrderEvents events,
            TransactionOperations transaction,
            IdSource ids,
            Clock clock,
            OrderProperties properties) {
        this.orders = orders;
        this.events = events;
        this.transaction = transaction;
        this.ids = ids;
        this.clock = clock;
        this.properties = properties;
    }

    /**
     * Places an order.
     *
     * @param requestId of the checkout request, if it is one; one the tenant repeats answers the order it has already
     */
    public Order place(String tenantId, @Nullable String requestId, Cart cart) {
        return transaction.execute(_ -> Optional.ofNullable(requestId)
                .flatMap(request -> orders.findByRequest(tenantId, request))
                .orElseGet(() -> save(Order.placed(
                        OrderId.of(ids.next()),
                        tenantId,
                        requestId,
                        cart,
                        Moments.of(clock),
                        properties.paymentDeadline()))));
    }

    private Order save(Order.Change change) {
        return Changes.save(change, orders, events);
    }
}
