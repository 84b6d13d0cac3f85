package dev.wonflow.payment.payment;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.Text;
import dev.wonflow.runtime.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What is being paid for. Never changes during the life of a payment.
 *
 * @param orderName shown to the buyer; 1 to 100 characters
 * @param amount at least {@link #MINIMUM}
 * @param plan plan the payment buys, if it buys one
 * @param planVersion version of the plan whose price the amount is; {@code null} if it was not compared with any
 * @param customerKey name of the buyer towards Toss, unguessable; {@code null} for a guest
 */
public record Purchase(
        OrderId orderId,
        TenantId tenantId,
        String orderName,
        Money amount,
        @Nullable String plan,
        @Nullable Long planVersion,
        @Nullable String customerKey) {

    /** Smallest sum Toss takes from a card. Accounts ask for 200 won; that is known only when the buyer picks one. */
    public static final Money MINIMUM = Money.ofWon(100);

    private static final int MAX_TEXT = 100;

    public Purchase {
        Text.require("orderName", orderName, MAX_TEXT);
        if (plan != null) {
            Text.require("plan", plan, MAX_TEXT);
        }
        if (amount.isLessThan(MINIMUM)) {
            throw new IllegalArgumentException("amount: " + amount + " (expected: at least " + MINIMUM + ")");
        }
    }

    /** A purchase as someone asks for it, compared with no price yet. */
    public Purchase(
            OrderId orderId,
            TenantId tenantId,
            String orderName,
            Money amount,
            @Nullable String plan,
            @Nullable String customerKey) {
        this(orderId, tenantId, orderName, amount, plan, null, customerKey);
    }

    /** The same purchase, its amount being the price of this version of the plan. */
    public Purchase atPriceOf(long version) {
        return new Purchase(orderId, tenantId, orderName, amount, plan, version, customerKey);
    }
}
