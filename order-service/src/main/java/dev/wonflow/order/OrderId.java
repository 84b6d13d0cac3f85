package dev.wonflow.order;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names an order here, at Toss and on every topic.
 *
 * @param value 6 to 64 of the characters Toss allows in an order id
 */
public record OrderId(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_=-]{6,64}");

    public OrderId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("orderId: " + value + " (expected: 6 to 64 of A-Z a-z 0-9 _ = -)");
        }
    }

    /** Makes the id of a new order. The prefix tells an order from a payment in a log or in Toss's console. */
    public static OrderId of(UUID uuid) {
        return new OrderId("ord_" + uuid.toString().replace("-", ""));
    }

    /** Whether a text from outside can be an order id at all. */
    public static boolean isOne(String text) {
        return ALLOWED.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
