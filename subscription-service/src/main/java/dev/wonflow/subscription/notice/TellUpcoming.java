package dev.wonflow.subscription.notice;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.invoice.Reduction;
import dev.wonflow.subscription.invoice.Reductions;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.subscription.Due;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Subscriptions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Has tenants told what will be charged, and what ends, before it does; with the sum that the invoice will have. */
@Service
public class TellUpcoming {

    private static final int AT_ONCE = 500;

    private final Upcoming upcoming;
    private final Subscriptions subscriptions;
    private final Reductions reductions;
    private final PlanVersions plans;
    private final RequestNotice requestNotice;
    private final UpcomingProperties properties;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionOperations transaction;

    TellUpcoming(
            Upcoming upcoming,
            Subscriptions subscriptions,
            Reductions reductions,
            PlanVersions plans,
            RequestNotice requestNotice,
            UpcomingProperties properties,
            IdSource ids,
            Clock clock,
            TransactionOperations transaction) {
        this.upcoming = upcoming;
        this.subscriptions = subscriptions;
        this.reductions = reductions;
        this.plans = plans;
        this.requestNotice = requestNotice;
        this.properties = properties;
        this.ids = ids;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Tells all there is to tell now, some hundred at a time. */
    public void runOnce() {
        List<SubscriptionId> before = List.of();
        List<SubscriptionId> found = untold();
        // What cannot be told, as its plan is not known, would be found again and again.
        while (!found.isEmpty() && !found.equals(before)) {
            List<SubscriptionId> some = found;
            transaction.executeWithoutResult(_ -> tell(some));
            before = found;
            found = untold();
        }
    }

    private List<SubscriptionId> untold() {
        return upcoming.untold(clock.instant(), properties.trialAhead(), properties.renewalAhead(), AT_ONCE);
    }

    private void tell(List<SubscriptionId> some) {
        List<Subscription> held = subscriptions.hold(some);
        Map<SubscriptionId, Reduction> all = reductions.of(held);
        requestNotice.onceEach(held.stream()
                .flatMap(subscription ->
                        notice(subscription, all.getOrDefault(subscription.id(), Reduction.NONE)).stream())
                .toList());
    }

    private Optional<Notice> notice(Subscription subscription, Reduction reduction) {
        return subscription
                .next(plans)
                .map(next -> new Notice(
                        subscription.id() + "/" + next.number(),
                        subscription.tenantId(),
                        data(subscription, next, reduction)));
    }

    private NoticeData data(Subscription subscription, Due.Next next, Reduction reduction) {
        Plan plan = next.plan();
        if (subscription.status() == SubscriptionStatus.TRIALING && subscription.billingMethodId() == null) {
            return new NoticeData.TrialEnding(plan.name(), null, null, next.start());
        }
        Money amount = Invoice.forPeriod(new InvoiceId(ids.next()), subscription, next, reduction, next.start())
                .total();
        return subscription.status() == SubscriptionStatus.TRIALING
                ? new NoticeData.TrialEnding(plan.name(), amount, next.start(), null)
                : new NoticeData.RenewalUpcoming(plan.name(), amount, next.start());
    }
}
