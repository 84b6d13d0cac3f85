package dev.wonflow.subscription.invoice;

import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.subscription.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The coupons there are, and who has redeemed them. */
public interface Coupons {

    /**
     * A coupon as it is kept.
     *
     * @param withdrawnAt since when it cannot be redeemed; null: it can be
     */
    record Kept(Coupon coupon, int redeemed, @Nullable Instant withdrawnAt, Instant createdAt) {}

    Optional<Kept> find(String code);

    /**
     * Some of them, in the order of their codes.
     *
     * @param code the one before the first; null: from the first on
     */
    List<Kept> after(@Nullable String code, int most);

    /**
     * Adds one.
     *
     * @return whether there was none of its code
     */
    boolean add(Coupon coupon, Instant now);

    /** Has it not be redeemed any more; those who have go on. */
    void withdraw(String code, Instant now);

    /** One that was not withdrawn, which nobody else redeems until the caller's transaction ends. */
    Optional<Coupon> hold(String code);

    /**
     * Redeems a coupon for a subscription.
     *
     * @return whether it was left, and the subscription had none and never this one
     */
    boolean redeem(Coupon coupon, Subscription subscription, Instant now);

    /**
     * A coupon that was redeemed for a subscription.
     *
     * @param periodsLeft periods it still takes something off; null: all to come
     * @param endedAt since when it takes nothing off; null: it does
     */
    record Redeemed(
            Coupon coupon,
            @Nullable Integer periodsLeft,
            Instant redeemedAt,
            @Nullable Instant endedAt) {}

    /** Those of a subscription, newest first. */
    List<Redeemed> of(SubscriptionId subscription, int most);
}
