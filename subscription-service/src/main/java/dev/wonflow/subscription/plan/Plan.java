package dev.wonflow.subscription.plan;

import dev.wonflow.money.Money;
import java.util.regex.Pattern;

/**
 * A plan on sale.
 *
 * @param id what events and orders call it; lower-case letters, digits and hyphens, at most 50
 * @param name what people read
 * @param price for one month
 */
public record Plan(String id, String name, Money price) {

    /** Toss takes no card payment below this. */
    private static final Money LEAST_PRICE = Money.ofWon(100);

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");

    private static final int MAX_NAME_LENGTH = 100;

    public Plan {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("plan id: " + id + " (expected: " + ID + ")");
        }
        if (name.isBlank() || name.codePointCount(0, name.length()) > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "plan " + id + ", name: \"" + name + "\" (expected: 1 to " + MAX_NAME_LENGTH + " characters)");
        }
        if (price.isLessThan(LEAST_PRICE)) {
            throw new IllegalArgumentException(
                    "plan " + id + ", price: " + price + " (expected: " + LEAST_PRICE + " or more)");
        }
    }
}
