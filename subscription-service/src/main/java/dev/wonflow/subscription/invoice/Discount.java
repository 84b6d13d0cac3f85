package dev.wonflow.subscription.invoice;

import dev.wonflow.money.Money;

/**
 * What a coupon takes off a price.
 *
 * @param percent of the price, 0 to 100; 0: a fixed sum
 * @param fixed the sum, where it is fixed
 */
public record Discount(String code, int percent, Money fixed) {

    /** Never more than the price; a part of a won is the tenant's. */
    public Money of(Money price) {
        if (percent == 0) {
            return price.isLessThan(fixed) ? price : fixed;
        }
        // Rounded up, since it is taken off.
        return Money.ofWon(Math.ceilDiv(Math.multiplyExact(price.won(), (long) percent), 100L));
    }
}
