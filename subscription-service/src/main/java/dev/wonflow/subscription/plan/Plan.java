package dev.wonflow.subscription.plan;

import dev.wonflow.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * A plan on sale.
 *
 * @param id what events and orders call it; lower-case letters, digits and hyphens, at most 50
 * @param name what people read
 * @param price for one period with the included seats
 * @param product what it is a plan of, written like {@code id}; a tenant has one subscription to each
 * @param interval how long a period is
 * @param noticeDays how long before its price changes a subscriber is told; 0 to 365
 * @param taxFree part of {@code price} that is free of VAT; of seats, and of parts of a period, it is the same part
 * @param unusedTime what becomes of the rest of a period when a subscriber ends it at once
 */
public record Plan(
        String id,
        String name,
        Money price,
        String product,
        BillingInterval interval,
        Trial trial,
        Seats seats,
        PlanLimits limits,
        int noticeDays,
        Money taxFree,
        UnusedTime unusedTime) {

    /** Product of plans that name none. */
    public static final String DEFAULT_PRODUCT = "default";

    public static final int DEFAULT_NOTICE_DAYS = 30;

    /** Stands in an address where the name of a product does. */
    private static final String RESERVED_PRODUCT = "current";

    /** Toss takes no card payment below this. */
    private static final Money LEAST_PRICE = Money.ofWon(100);

    /** Far above any plan, and far below what a sum with a million seats could hold. */
    private static final Money HIGHEST_PRICE = Money.ofWon(1_000_000_000);

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");

    private static final int MAX_NAME_LENGTH = 100;

    private static final int MOST_NOTICE_DAYS = 365;

    public Plan {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("plan id: " + id + " (expected: " + ID + ")");
        }
        if (name.isBlank() || name.codePointCount(0, name.length()) > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "plan " + id + ", name: \"" + name + "\" (expected: 1 to " + MAX_NAME_LENGTH + " characters)");
        }
        if (price.isLessThan(LEAST_PRICE) || HIGHEST_PRICE.isLessThan(price)) {
            throw new IllegalArgumentException(
                    "plan " + id + ", price: " + price + " (expected: " + LEAST_PRICE + " to " + HIGHEST_PRICE + ")");
        }
        if (!ID.matcher(product).matches() || product.equals(RESERVED_PRODUCT)) {
            throw new IllegalArgumentException(
                    "plan " + id + ", product: " + product + " (expected: " + ID + ", not " + RESERVED_PRODUCT + ")");
        }
        if (noticeDays < 0 || noticeDays > MOST_NOTICE_DAYS) {
            throw new IllegalArgumentException(
                    "plan " + id + ", notice: " + noticeDays + " days (expected: 0 to " + MOST_NOTICE_DAYS + ")");
        }
        if (price.isLessThan(taxFree)) {
            throw new IllegalArgumentException(
                    "plan " + id + ", tax free: " + taxFree + " (expected: at most its price, " + price + ")");
        }
    }

    /** A plan that is taxed as a whole, and whose unused time is {@linkplain UnusedTime#LOST lost}. */
    public Plan(
            String id,
            String name,
            Money price,
            String product,
            BillingInterval interval,
            Trial trial,
            Seats seats,
            PlanLimits limits,
            int noticeDays) {
        this(id, name, price, product, interval, trial, seats, limits, noticeDays, Money.ZERO, UnusedTime.LOST);
    }

    /** A plan of the default product for one month, with nothing else to it. */
    public static Plan monthly(String id, String name, Money price) {
        return new Plan(
                id,
                name,
                price,
                DEFAULT_PRODUCT,
                BillingInterval.MONTHLY,
                Trial.NONE,
                Seats.ONE,
                PlanLimits.NONE,
                DEFAULT_NOTICE_DAYS);
    }

    /** What a period costs with so many seats. */
    public Money priceOf(int quantity) {
        return price.plus(seats.price().times(seats.beyondIncluded(quantity)));
    }

    /** The part of a sum paid for it that is free of VAT, half a won up. */
    public Money taxFreeOf(Money sum) {
        if (taxFree.isZero() || taxFree.equals(price)) {
            return taxFree.isZero() ? Money.ZERO : sum;
        }
        return Money.ofWon(BigDecimal.valueOf(sum.won())
                .multiply(BigDecimal.valueOf(taxFree.won()))
                .divide(BigDecimal.valueOf(price.won()), 0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    /** Whether the same part of both is free of VAT. */
    public boolean isTaxedLike(Plan other) {
        return taxFree.won() * other.price.won() == other.taxFree.won() * price.won();
    }
}
