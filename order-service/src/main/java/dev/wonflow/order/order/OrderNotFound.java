package dev.wonflow.order.order;

/** No such order, or none of this tenant; the two look the same from outside. */
public final class OrderNotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OrderNotFound(String id) {
        super("order " + id + ": not found");
    }
}
