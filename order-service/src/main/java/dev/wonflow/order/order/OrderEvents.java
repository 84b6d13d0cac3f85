package dev.wonflow.order.order;

/** Publishes what happened to orders. */
public interface OrderEvents {

    /**
     * Publishes an event if, and only if, the caller's transaction commits.
     *
     * @param order as it is after the event
     */
    void publish(Order order, OrderEvent event);
}
