package dev.wonflow.subscription.invoice;

import dev.wonflow.money.Money;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Less to pay for who knows its code.
 *
 * @param code capital letters, digits, hyphens and underscores; at most 50
 * @param percent of the price that it takes off, 1 to 100; 0: a fixed sum
 * @param won the sum, where it is fixed
 * @param plans plans it is for; empty: all
 * @param periods periods it takes something off, from the redemption on; null: all
 * @param mostRedemptions how often it can be redeemed; null: any number
 * @param expiresAt from when it cannot be redeemed; what was redeemed goes on; null: never
 */
public record Coupon(
        String code,
        String name,
        int percent,
        Money won,
        Set<String> plans,
        @Nullable Integer periods,
        @Nullable Integer mostRedemptions,
        @Nullable Instant expiresAt) {

    private static final Pattern CODE = Pattern.compile("[A-Z0-9][A-Z0-9_-]{0,49}");
    private static final Pattern PLAN = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");
    private static final int MAX_NAME = 100;
    private static final int MOST_PLANS = 100;
    private static final int MOST_PERIODS = 1_000;
    /** Later than anybody means. */
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    public Coupon {
        plans = Set.copyOf(plans);
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("code: of another form (expected: " + CODE + ")");
        }
        if (name.isBlank() || name.codePointCount(0, name.length()) > MAX_NAME) {
            throw new IllegalArgumentException("name: \"" + name + "\" (expected: 1 to " + MAX_NAME + " characters)");
        }
        if (percent < 0 || percent > 100 || (percent == 0) == won.isZero()) {
            throw new IllegalArgumentException(
                    "discount: " + percent + " percent, " + won + " (expected: 1 to 100 percent, or a sum)");
        }
        if (plans.size() > MOST_PLANS) {
            throw new IllegalArgumentException("plans: " + plans.size() + " (expected: at most " + MOST_PLANS + ")");
        }
        plans.stream().filter(plan -> !PLAN.matcher(plan).matches()).findFirst().ifPresent(_ -> {
            throw new IllegalArgumentException("plans: one of another form (expected: " + PLAN + ")");
        });
        if (periods != null && (periods < 1 || periods > MOST_PERIODS)) {
            throw new IllegalArgumentException("periods: " + periods + " (expected: 1 to " + MOST_PERIODS + ")");
        }
        if (mostRedemptions != null && mostRedemptions < 1) {
            throw new IllegalArgumentException("maxRedemptions: " + mostRedemptions + " (expected: 1 or more)");
        }
        if (expiresAt != null && !expiresAt.isBefore(LAST)) {
            throw new IllegalArgumentException("expiresAt: " + expiresAt + " (expected: before " + LAST + ")");
        }
    }

    /** Whether it can be redeemed for a plan; how often it was is not looked at. */
    boolean holdsFor(String plan, Instant now) {
        return (plans.isEmpty() || plans.contains(plan)) && (expiresAt == null || now.isBefore(expiresAt));
    }
}
