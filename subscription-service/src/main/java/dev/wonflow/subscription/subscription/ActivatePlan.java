package dev.wonflow.subscription.subscription;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.incident.Incident;
import dev.wonflow.subscription.incident.Incidents;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.plan.Plans;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Gives a tenant the plan that was paid for. Runs in the transaction of the message that tells of the payment. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class ActivatePlan {

    private final Plans plans;
    private final PlanVersions versions;
    private final Subscriptions subscriptions;
    private final Purchases purchases;
    private final StoreSubscriptions store;
    private final Incidents incidents;
    private final IdSource ids;
    private final Clock clock;
    private final TenantClocks tenants;

    ActivatePlan(
            Plans plans,
            PlanVersions versions,
            Subscriptions subscriptions,
            Purchases purchases,
            StoreSubscriptions store,
            Incidents incidents,
            IdSource ids,
            Clock clock,
            TenantClocks tenants) {
        this.plans = plans;
        this.versions = versions;
        this.subscriptions = subscriptions;
        this.purchases = purchases;
        this.store = store;
        this.incidents = incidents;
        this.ids = ids;
        this.clock = clock;
        this.tenants = tenants;
    }

    /**
     * Counts a purchase. One that cannot be counted becomes an incident: the money was taken, so it is never dropped.
     */
    public void paid(Purchase received) {
        Purchase purchase = received.ahead(tenants.moved().getOrDefault(received.tenantId(), Duration.ZERO));
        purchases.lockTenant(purchase.tenantId());
        if (purchases.contains(purchase.paymentId())) {
            return; // Another message about the same payment, such as after a deposit that was taken back and repeated.
        }
        Optional<Plans.Offer> offered = bought(purchase);
        if (offered.isEmpty()) {
            report(
                    Incident.Kind.UNKNOWN_PLAN,
                    purchase,
                    "plan: " + purchase.plan() + " (expected: one of " + plans.ids() + ")");
            return;
        }
        Plan plan = offered.get().plan();
        if (purchase.amount().isLessThan(plan.price())) {
            report(
                    Incident.Kind.UNDERPAID,
                    purchase,
                    "amount: " + purchase.amount() + " (expected: " + plan.price() + " or more)");
            return;
        }
        Optional<Subscription> current = subscriptions.find(purchase.tenantId(), plan.product());
        if (current.isPresent() && current.get().supersedes(purchase)) {
            report(
                    Incident.Kind.OVERTAKEN,
                    purchase,
                    "approved at: " + purchase.approvedAt() + " (expected: not before "
                            + current.get().activatedAt() + ", when plan "
                            + current.get().plan() + " was bought)");
            return;
        }
        long version = offered.get().version();
        Subscription stored = store.store(current.map(subscription -> subscription.bought(purchase, plan, version))
                .orElseGet(() -> Subscription.started(new SubscriptionId(ids.next()), purchase, plan, version)));
        purchases.add(purchase, stored.id());
    }

    /**
     * The plan as it was on sale when the payment was requested: a price that rose since, or a plan that was withdrawn,
     * is no fault of who paid.
     */
    private Optional<Plans.Offer> bought(Purchase purchase) {
        return Optional.ofNullable(purchase.planVersion())
                .flatMap(version -> versions.find(purchase.plan(), version).map(plan -> new Plans.Offer(plan, version)))
                .or(() -> plans.find(purchase.plan()));
    }

    private void report(Incident.Kind kind, Purchase purchase, String detail) {
        incidents.report(new Incident(
                kind,
                purchase.paymentId(),
                purchase.orderId(),
                purchase.tenantId(),
                purchase.plan(),
                detail,
                clock.instant()));
    }
}
