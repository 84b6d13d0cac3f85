package dev.wonflow.subscription.subscription;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A tenant's plan. Immutable: a step answers the new state and the fact that explains it.
 *
 * @param status what was last announced; {@link #statusAt} knows whether time has run out since
 * @param billingDay day of the month on which the present run of months began
 * @param activatedAt when the present plan began without a gap
 * @param lastOrderId order of the purchase that was counted last; likewise {@code lastPaymentId}
 */
@Table("subscription")
public record Subscription(
        @Id SubscriptionId id,
        TenantId tenantId,
        String plan,
        SubscriptionStatus status,
        BillingDay billingDay,
        Instant activatedAt,
        Instant planExpiresAt,
        boolean livemode,
        String lastOrderId,
        String lastPaymentId,
        @Version long version) {

    /** A new state and its fact; both are stored in one transaction, or neither is. */
    public record Change(Subscription subscription, SubscriptionEvent event) {}

    /** A tenant's first purchase. */
    public static Change started(SubscriptionId id, Purchase purchase) {
        BillingDay billingDay = BillingDay.of(purchase.approvedAt());
        return activated(
                new Subscription(
                        id,
                        purchase.tenantId(),
                        purchase.plan(),
                        SubscriptionStatus.ACTIVE,
                        billingDay,
                        purchase.approvedAt(),
                        billingDay.nextAfter(purchase.approvedAt()),
                        purchase.livemode(),
                        purchase.orderId(),
                        purchase.paymentId(),
                        0),
                purchase);
    }

    /**
     * Counts a further purchase: the same plan goes on where it ends, another plan or a lapsed one begins at once.
     *
     * @throws IllegalArgumentException if it {@linkplain #supersedes supersedes} the purchase
     */
    public Change bought(Purchase purchase) {
        if (supersedes(purchase)) {
            throw new IllegalArgumentException("purchase " + purchase.paymentId() + ": of " + purchase.approvedAt()
                    + " (expected: not before " + activatedAt + ")");
        }
        SubscriptionStatus now = statusAt(purchase.approvedAt());
        if (!now.next().contains(SubscriptionStatus.ACTIVE)) {
            throw new IllegalTransition(id, now, SubscriptionStatus.ACTIVE);
        }
        boolean goesOn = now == SubscriptionStatus.ACTIVE && plan.equals(purchase.plan());
        BillingDay day = goesOn ? billingDay : BillingDay.of(purchase.approvedAt());
        return activated(
                new Subscription(
                        id,
                        tenantId,
                        purchase.plan(),
                        SubscriptionStatus.ACTIVE,
                        day,
                        goesOn ? activatedAt : purchase.approvedAt(),
                        day.nextAfter(goesOn ? planExpiresAt : purchase.approvedAt()),
                        purchase.livemode(),
                        purchase.orderId(),
                        purchase.paymentId(),
                        version),
                purchase);
    }

    /**
     * Whether a later purchase of another plan was counted already. Payments of different orders may reach us in any
     * order, and the tenant's last choice has to stand.
     */
    public boolean supersedes(Purchase purchase) {
        return !plan.equals(purchase.plan()) && purchase.approvedAt().isBefore(activatedAt);
    }

    public SubscriptionStatus statusAt(Instant moment) {
        return moment.isBefore(planExpiresAt) ? status : SubscriptionStatus.EXPIRED;
    }

    private static Change activated(Subscription subscription, Purchase purchase) {
        return new Change(subscription, new SubscriptionEvent.Activated(purchase.approvedAt()));
    }
}
