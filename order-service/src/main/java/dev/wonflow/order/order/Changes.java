package dev.wonflow.order.order;

import org.springframework.stereotype.Service;

/** Stores a change of an order together with the event that tells of it; in the caller's transaction. */
@Service
class Changes {

    private final Orders orders;
    private final OrderEvents events;

    Changes(Orders orders, OrderEvents events) {
        this.orders = orders;
        this.events = events;
    }

    Order save(Order.Change change) {
        Order saved = orders.save(change.order());
        OrderEvent event = change.event();
        if (event != null) {
            events.publish(saved, event);
        }
        return saved;
    }
}
