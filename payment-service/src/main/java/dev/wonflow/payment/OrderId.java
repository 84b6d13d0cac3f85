package dev.wonflow.payment;

import java.util.regex.Pattern;

/**
 * Identity of an order, the one id that Toss, the buyer's browser and every event share.
 *
 * @param value 6 to 64 characters, as Toss demands
 */
public record OrderId(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_=-]{6,64}");

    public OrderId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("orderId: " + value.length()
                    + " characters (expected: 6 to 64 letters, digits, hyphens or underscores)");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
