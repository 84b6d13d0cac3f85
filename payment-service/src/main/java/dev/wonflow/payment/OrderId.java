package dev.wonflow.payment;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Identity of an order, the one id that Toss, the buyer's browser and every event share.
 *
 * @param value 6 to 64 characters, as Toss demands
 */
public record OrderId(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_=-]{6,64}");
    private static final Pattern OURS = Pattern.compile("ord_[0-9a-f]{12}7[0-9a-f]{19}");

    public OrderId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("orderId: " + value.length()
                    + " characters (expected: 6 to 64 letters, digits, hyphens or underscores)");
        }
    }

    /** Empty if the text can be no order id. */
    public static Optional<OrderId> read(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new OrderId(text)) : Optional.empty();
    }

    /**
     * When the order was made, if its id is of Wonflow's own making: it is a UUID of version 7, which begins with it.
     */
    public Optional<Instant> madeAt() {
        return OURS.matcher(value).matches()
                ? Optional.of(Instant.ofEpochMilli(Long.parseLong(value.substring(4, 16), 16)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
