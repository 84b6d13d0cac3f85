package dev.wonflow.subscription.subscription;

import dev.wonflow.access.Caller;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.plan.Plans;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Changes plan and seats of a subscription, now or when its period ends. */
@Service
public class ChangeTerms {

    private final TenantSubscriptions tenants;
    private final Plans plans;
    private final PlanVersions versions;
    private final Billing billing;

    ChangeTerms(TenantSubscriptions tenants, Plans plans, PlanVersions versions, Billing billing) {
        this.tenants = tenants;
        this.plans = plans;
        this.versions = versions;
        this.billing = billing;
    }

    /**
     * What a tenant wants.
     *
     * @param plan id of the plan, as it is on sale now; null: the same in the same version
     * @param quantity seats; null: as many
     */
    public record Wish(
            Caller caller,
            String product,
            @Nullable String plan,
            @Nullable Integer quantity) {}

    /**
     * Terms with their plan.
     *
     * @param plan that they name
     */
    public record Offered(Terms terms, Plan plan) {}

    /**
     * Changes it now. What is to be paid for it is charged at once, and the change holds when that is paid; a decline
     * leaves everything as it was.
     *
     * @return the subscription; with {@code pending} if the change waits for its payment
     * @throws SubscriptionRefused if it cannot be
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Subscription now(Wish wish) {
        Subscription before = tenants.hold(wish.caller(), wish.product());
        Offered offered = offered(before, wish);
        if (isAwaited(before, offered.terms())) {
            return before;
        }
        requireChangeable(before);
        Instant now = tenants.now(wish.caller().tenant());
        if (offered.terms().equals(before.terms())) {
            return before;
        }
        if (before.status() == SubscriptionStatus.TRIALING) {
            return tenants.store(
                    wish.caller(),
                    "subscription.change",
                    before,
                    before.changed(offered.terms(), before.period().value(), now));
        }
        requireNothingOutstanding(before, now);
        tenants.audit(wish.caller(), "subscription.change", before, offered.terms());
        return billing.change(before, offered.terms(), offered.plan(), now);
    }

    /**
     * Changes it when the running period ends.
     *
     * @throws SubscriptionRefused if it cannot be
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Subscription atPeriodEnd(Wish wish) {
        Subscription before = tenants.hold(wish.caller(), wish.product());
        Offered offered = offered(before, wish);
        requireChangeable(before);
        if (offered.terms().equals(before.terms())) {
            return before;
        }
        return tenants.store(
                wish.caller(),
                "subscription.schedule-change",
                before,
                before.changeScheduled(
                        offered.terms(), null, tenants.now(wish.caller().tenant())));
    }

    /**
     * Takes back what the tenant wanted to change when the period ends.
     *
     * @throws SubscriptionRefused if it waits for its payment, or it is a price that changes for all
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Subscription undo(Caller caller, String product) {
        Subscription before = tenants.hold(caller, product);
        Pending pending = before.pending();
        if (pending == null) {
            return before;
        }
        if (pending.changeId() != null) {
            throw outstanding(before);
        }
        if (pending.from() != null) {
            throw new SubscriptionRefused(
                    SubscriptionRefused.Reason.NOT_POSSIBLE,
                    "subscription to " + product + ": its price changes for all who have the plan (expected: a change"
                            + " that the tenant asked for)");
        }
        return tenants.store(
                caller, "subscription.undo-change", before, before.changeUndone(tenants.now(caller.tenant())));
    }

    /**
     * The terms a wish comes to, were it asked for now.
     *
     * @throws SubscriptionRefused if it would be refused
     */
    public Offered offeredNow(Subscription subscription, Wish wish) {
        Offered offered = offered(subscription, wish);
        requireChangeable(subscription);
        if (subscription.status() != SubscriptionStatus.TRIALING) {
            requireNothingOutstanding(subscription, tenants.now(wish.caller().tenant()));
        }
        return offered;
    }

    private void requireNothingOutstanding(Subscription subscription, Instant now) {
        if (billing.isOutstanding(subscription) || !now.isBefore(subscription.planExpiresAt())) {
            throw outstanding(subscription);
        }
    }

    private Offered offered(Subscription subscription, Wish wish) {
        int quantity = wish.quantity() == null ? subscription.terms().quantity() : wish.quantity();
        if (wish.plan() == null) {
            Terms terms = subscription.terms();
            Plan plan = versions.find(terms.plan(), terms.planVersion())
                    .orElseThrow(() -> new SubscriptionRefused(
                            SubscriptionRefused.Reason.PLAN_NOT_ON_SALE,
                            "plan " + terms.plan() + ": its price is not known any more (expected: a plan on sale)"));
            Subscribe.requireSeats(plan, quantity);
            return new Offered(new Terms(terms.plan(), terms.planVersion(), quantity), plan);
        }
        Plans.Offer offer = Subscribe.offered(plans, wish.plan(), quantity);
        if (!offer.plan().product().equals(subscription.product())) {
            throw new SubscriptionRefused(
                    SubscriptionRefused.Reason.ANOTHER_PRODUCT,
                    "plan " + wish.plan() + ": of product " + offer.plan().product() + " (expected: "
                            + subscription.product() + ")");
        }
        return new Offered(new Terms(offer.plan().id(), offer.version(), quantity), offer.plan());
    }

    /** Whether it was asked for already, and waits for its payment. */
    private static boolean isAwaited(Subscription subscription, Terms terms) {
        Pending pending = subscription.pending();
        return pending != null && pending.changeId() != null && pending.terms().equals(terms);
    }

    private void requireChangeable(Subscription subscription) {
        boolean runs = subscription.status() == SubscriptionStatus.TRIALING
                || (subscription.status() == SubscriptionStatus.ACTIVE
                        && subscription.collection() == CollectionMode.AUTOMATIC);
        if (!runs) {
            throw new SubscriptionRefused(
                    SubscriptionRefused.Reason.NOT_POSSIBLE,
                    "subscription to " + subscription.product() + ": " + subscription.status() + ", "
                            + subscription.collection() + " (expected: one on trial, or one that is active and has a"
                            + " billing method)");
        }
        if (subscription.pending() != null && subscription.pending().changeId() != null) {
            throw outstanding(subscription);
        }
    }

    private static SubscriptionRefused outstanding(Subscription subscription) {
        return new SubscriptionRefused(
                SubscriptionRefused.Reason.PAYMENT_OUTSTANDING,
                "subscription to " + subscription.product()
                        + ": an invoice waits for its payment (expected: none that does)");
    }
}
