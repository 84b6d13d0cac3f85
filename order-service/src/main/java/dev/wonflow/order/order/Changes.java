package dev.wonflow.order.order;

/** Stores a change and tells everybody, in the caller's transaction. */
final class Changes {

    private Changes() {}

    static Order save(Order.Change change, Orders orders, OrderEvents events) {
        Order saved = orders.save(change.order());
        OrderEvent event = change.event();
        if (event != null) {
            events.publish(saved, event);
        }
        return saved;
    }
}
