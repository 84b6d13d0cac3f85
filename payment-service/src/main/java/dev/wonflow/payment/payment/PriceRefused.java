package dev.wonflow.payment.payment;

import dev.wonflow.money.Money;
import org.jspecify.annotations.Nullable;

/** A plan is not sold for this amount. */
public final class PriceRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Money price;

    private PriceRefused(String message, @Nullable Money price) {
        super(message);
        this.price = price;
    }

    static PriceRefused anotherPrice(String plan, Money amount, Money price) {
        return new PriceRefused(
                "amount: " + amount + " (expected: " + price + ", the price of plan " + plan + ")", price);
    }

    static PriceRefused notOnSale(String plan) {
        return new PriceRefused("plan: " + plan + " (expected: one that is on sale)", null);
    }

    /** What the plan costs; none if it is not on sale at all. */
    public @Nullable Money price() {
        return price;
    }
}
