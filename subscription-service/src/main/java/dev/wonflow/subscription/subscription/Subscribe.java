package dev.wonflow.subscription.subscription;

import dev.wonflow.access.Caller;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.Plans;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Begins a subscription that a billing method is charged for, or begins one again that ended. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class Subscribe {

    private final TenantSubscriptions tenants;
    private final Plans plans;
    private final Billing billing;
    private final IdSource ids;

    Subscribe(TenantSubscriptions tenants, Plans plans, Billing billing, IdSource ids) {
        this.tenants = tenants;
        this.plans = plans;
        this.billing = billing;
        this.ids = ids;
    }

    /**
     * What a tenant wants.
     *
     * @param plan id of the plan
     * @param quantity seats
     * @param method what is charged; null: nothing, which only a trial allows
     * @param zone in which days begin and end
     * @param coupon its code; null: none
     */
    public record Wish(
            Caller caller,
            String plan,
            int quantity,
            @Nullable UUID method,
            ZoneId zone,
            @Nullable String coupon) {}

    /**
     * Begins it: with a trial, if the plan has one and the tenant had no subscription to the product yet; otherwise
     * with its first payment.
     *
     * @return the subscription; {@link SubscriptionStatus#INCOMPLETE} until the first payment is known
     * @throws SubscriptionRefused if it cannot be
     */
    public Subscription subscribe(Wish wish) {
        Plans.Offer offer = offered(plans, wish.plan(), wish.quantity());
        Plan plan = offer.plan();
        Instant now = tenants.now(wish.caller().tenant());
        Optional<Subscription> before = tenants.holdPlace(wish.caller().tenant(), plan.product());
        Terms terms = new Terms(plan.id(), offer.version(), wish.quantity());
        if (before.isPresent()) {
            return again(wish, before.get(), terms, now);
        }
        SubscriptionId id = new SubscriptionId(ids.next());
        boolean onTrial = plan.trial().days() > 0;
        UUID method = onTrial && wish.method() == null && !plan.trial().needsMethod()
                ? null
                : tenants.requireChargeable(wish.caller().tenant(), wish.method());
        Subscription begun = tenants.store(
                wish.caller(),
                "subscription.create",
                null,
                onTrial || method == null
                        ? Subscription.onTrial(id, wish.caller().tenant(), plan, terms, method, wish.zone(), now)
                        : Subscription.created(id, wish.caller().tenant(), plan, terms, method, wish.zone(), now));
        return beginning(wish.coupon(), begun, now);
    }

    private Subscription again(Wish wish, Subscription before, Terms terms, Instant now) {
        SubscriptionStatus status = before.statusAt(now);
        if (status == SubscriptionStatus.INCOMPLETE
                && before.terms().equals(terms)
                && Objects.equals(before.billingMethodId(), wish.method())) {
            return before; // Asked for already, and waiting for its payment.
        }
        if (status != SubscriptionStatus.CANCELED && status != SubscriptionStatus.EXPIRED) {
            throw new SubscriptionRefused(
                    SubscriptionRefused.Reason.EXISTS,
                    "subscription to " + before.product() + ": " + status + " (expected: none, or one that ended)");
        }
        UUID method = tenants.requireChargeable(wish.caller().tenant(), wish.method());
        Subscription begun =
                tenants.store(wish.caller(), "subscription.reactivate", before, before.reactivated(terms, method, now));
        return beginning(wish.coupon(), begun, now);
    }

    private Subscription beginning(@Nullable String coupon, Subscription begun, Instant now) {
        if (coupon != null) {
            billing.redeem(coupon, begun, now);
        }
        return begun.status() == SubscriptionStatus.INCOMPLETE ? billing.begin(begun, now) : begun;
    }

    /**
     * Begins one again that ended.
     *
     * @param method what is charged; null: what was charged before
     * @param coupon its code; null: none
     * @throws SubscriptionRefused if it cannot be
     */
    public Subscription reactivate(Caller caller, String product, @Nullable UUID method, @Nullable String coupon) {
        Subscription before = tenants.hold(caller, product);
        return subscribe(new Wish(
                caller,
                before.plan(),
                before.terms().quantity(),
                method == null ? before.billingMethodId() : method,
                before.zone(),
                coupon));
    }

    /** A plan on sale that has so many seats. */
    static Plans.Offer offered(Plans plans, String id, int quantity) {
        Plans.Offer offer = plans.find(id)
                .orElseThrow(() -> new SubscriptionRefused(
                        SubscriptionRefused.Reason.PLAN_NOT_ON_SALE,
                        "plan " + id + ": not on sale (expected: one of " + plans.ids() + ")"));
        requireSeats(offer.plan(), quantity);
        return offer;
    }

    static void requireSeats(Plan plan, int quantity) {
        if (!plan.seats().allow(quantity)) {
            throw new SubscriptionRefused(
                    SubscriptionRefused.Reason.QUANTITY,
                    "quantity: " + quantity + " (expected: 1 to " + plan.seats().limit() + ")");
        }
    }
}
