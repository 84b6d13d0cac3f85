package dev.wonflow.subscription.plan;

import dev.wonflow.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * How many people may use a plan, and what one more costs.
 *
 * @param included seats that the price of the plan pays for; 1 to 1,000,000
 * @param price of one more seat for one period
 * @param most seats there may be; null: 1,000,000
 */
public record Seats(int included, Money price, @Nullable Integer most) {

    /** What the column holds, far above any team. */
    private static final int LIMIT = 1_000_000;

    private static final Money HIGHEST_PRICE = Money.ofWon(1_000_000_000);

    public static final Seats ONE = new Seats(1, Money.ZERO, null);

    public Seats {
        if (included < 1 || included > LIMIT) {
            throw new IllegalArgumentException("included seats: " + included + " (expected: 1 to " + LIMIT + ")");
        }
        if (HIGHEST_PRICE.isLessThan(price)) {
            throw new IllegalArgumentException("seat price: " + price + " (expected: " + HIGHEST_PRICE + " or less)");
        }
        if (most != null && (most < included || most > LIMIT)) {
            throw new IllegalArgumentException("seats: " + most + " (expected: " + included + " to " + LIMIT + ")");
        }
    }

    /** Whether there may be so many. */
    public boolean allow(int quantity) {
        return quantity >= 1 && quantity <= limit();
    }

    /** The greatest number there may be. */
    public int limit() {
        return most == null ? LIMIT : most;
    }

    /** Those of {@code quantity} that the price of the plan does not pay for. */
    public int beyondIncluded(int quantity) {
        return Math.max(0, quantity - included);
    }
}
