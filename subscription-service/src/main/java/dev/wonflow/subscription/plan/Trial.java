package dev.wonflow.subscription.plan;

/**
 * Days a tenant has a plan for nothing before the first period, once for each product.
 *
 * @param days 0 (there is none) to 730
 * @param needsMethod whether it begins only with a billing method, and is charged on at its end
 */
public record Trial(int days, boolean needsMethod) {

    public static final Trial NONE = new Trial(0, true);

    private static final int MOST_DAYS = 730;

    public Trial {
        if (days < 0 || days > MOST_DAYS) {
            throw new IllegalArgumentException("trial: " + days + " days (expected: 0 to " + MOST_DAYS + ")");
        }
    }
}
