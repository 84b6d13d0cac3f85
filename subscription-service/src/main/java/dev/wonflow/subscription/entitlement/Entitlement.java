package dev.wonflow.subscription.entitlement;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanLimits;
import dev.wonflow.subscription.subscription.CollectionMode;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant may use of a product.
 *
 * @param plan id of the plan
 * @param planVersion 0: of before versions were kept
 * @param planExpiresAt until when it was paid for; what renews by itself goes on
 * @param endsAt when the access ends by itself, unless something happens before; null: it does not
 * @param seats how many may use it: those that are paid for, or that the plan includes
 * @param livemode whether real money paid
 */
public record Entitlement(
        TenantId tenant,
        String product,
        String plan,
        long planVersion,
        Access access,
        Instant planExpiresAt,
        @Nullable Instant endsAt,
        int seats,
        PlanLimits limits,
        boolean livemode) {

    /**
     * What a subscription entitles to while it has this status.
     *
     * @param plan that its terms name; null: not known, so that it has no limits to enforce
     */
    static Entitlement of(Subscription subscription, SubscriptionStatus status, @Nullable Plan plan) {
        Access access = Access.of(status);
        int quantity = subscription.terms().quantity();
        return new Entitlement(
                subscription.tenantId(),
                subscription.product(),
                subscription.plan(),
                subscription.terms().planVersion(),
                access,
                subscription.planExpiresAt(),
                access == Access.FULL ? endOf(subscription) : null,
                plan == null ? quantity : Math.max(quantity, plan.seats().included()),
                plan == null ? PlanLimits.NONE : plan.limits(),
                subscription.livemode());
    }

    private static @Nullable Instant endOf(Subscription subscription) {
        boolean nothingChargesOn = subscription.collection() == CollectionMode.PREPAID
                || (subscription.status() == SubscriptionStatus.TRIALING && subscription.billingMethodId() == null);
        return Stream.of(
                        nothingChargesOn ? subscription.planExpiresAt() : null,
                        subscription.cancelAt(),
                        subscription.pauseAt())
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }
}
