package dev.wonflow.subscription.invoice;

import dev.wonflow.money.Money;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lessens what a subscription owes.
 *
 * @param discount of its coupon; null: it has none
 * @param plans plans the coupon is for; empty: all
 * @param credit what the tenant has with the product
 */
public record Reduction(@Nullable Discount discount, Set<String> plans, Money credit) {

    public static final Reduction NONE = new Reduction(null, Set.of(), Money.ZERO);

    /** What the coupon takes off a plan; null: nothing. */
    @Nullable
    Discount discountOf(String plan) {
        return plans.isEmpty() || plans.contains(plan) ? discount : null;
    }
}
