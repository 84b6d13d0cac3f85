package dev.wonflow.subscription.invoice;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.plan.UnusedTime;
import dev.wonflow.subscription.subscription.Billing;
import dev.wonflow.subscription.subscription.Due;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionRefused;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Invoices for what tenants ask for, and what they would be. */
@Service
public class BillSubscriptions implements Billing {

    private final PlanVersions plans;
    private final Invoices invoices;
    private final Reductions reductions;
    private final Coupons coupons;
    private final StoreInvoices storeInvoices;
    private final StoreSubscriptions storeSubscriptions;
    private final IdSource ids;

    BillSubscriptions(
            PlanVersions plans,
            Invoices invoices,
            Reductions reductions,
            Coupons coupons,
            StoreInvoices storeInvoices,
            StoreSubscriptions storeSubscriptions,
            IdSource ids) {
        this.plans = plans;
        this.invoices = invoices;
        this.reductions = reductions;
        this.coupons = coupons;
        this.storeInvoices = storeInvoices;
        this.storeSubscriptions = storeSubscriptions;
        this.ids = ids;
    }

    @Override
    public boolean isOutstanding(Subscription subscription) {
        return !invoices.withOpen(List.of(subscription.id())).isEmpty();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void redeem(String code, Subscription subscription, Instant now) {
        Coupon coupon = coupons.hold(code)
                .filter(found -> found.holdsFor(subscription.plan(), now))
                .orElseThrow(() -> refused(code, "unknown, over, or for another plan"));
        if (!coupons.redeem(coupon, subscription, now)) {
            throw refused(code, "used up, or the subscription has one");
        }
    }

    private static SubscriptionRefused refused(String code, String why) {
        return new SubscriptionRefused(
                SubscriptionRefused.Reason.COUPON,
                "coupon " + code + ": " + why + " (expected: one that holds for it)");
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Subscription begin(Subscription subscription, Instant now) {
        Due.Next next = subscription
                .next(now, plans)
                .orElseThrow(() -> new SubscriptionRefused(
                        SubscriptionRefused.Reason.PLAN_NOT_ON_SALE,
                        "plan " + subscription.plan()
                                + ": its price is not known any more (expected: a plan on sale)"));
        Invoice invoice =
                Invoice.forPeriod(new InvoiceId(ids.next()), subscription, next, reductionOf(subscription), now);
        storeInvoices.issue(List.of(new StoreInvoices.New(invoice, null, now)));
        if (!invoice.total().isZero()) {
            return subscription;
        }
        countDiscount(invoice, now);
        return storeSubscriptions.store(subscription.renewed(invoice.period(), next.terms(), next.plan(), null, now));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Subscription change(Subscription subscription, Terms terms, Plan plan, Instant now) {
        UUID changeId = ids.next();
        Invoice invoice = ofChange(subscription, changeId, terms, plan, now);
        if (invoice.total().isZero()) {
            storeInvoices.issue(List.of(new StoreInvoices.New(invoice, null, now)));
            countDiscount(invoice, now);
            return storeSubscriptions.store(
                    invoice.period().number() == subscription.period().number()
                            ? subscription.changed(terms, invoice.period().value(), now)
                            : subscription.changedWithPeriod(terms, invoice.period(), now));
        }
        if (subscription.billingMethodId() == null) {
            throw new SubscriptionRefused(
                    SubscriptionRefused.Reason.METHOD_MISSING, "billing method: none (expected: one to charge)");
        }
        Subscription awaiting = storeSubscriptions.store(subscription.awaitingChange(terms, changeId));
        storeInvoices.issue(List.of(new StoreInvoices.New(invoice, null, now)));
        return awaiting;
    }

    private void countDiscount(Invoice settled, Instant now) {
        if (!settled.amounts().discount().isZero()) {
            reductions.count(List.of(settled.subscriptionId()), now);
        }
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void end(Subscription subscription, Instant now) {
        plans.find(subscription.plan(), subscription.terms().planVersion())
                .filter(plan -> plan.unusedTime() == UnusedTime.CREDITED)
                .map(plan -> Invoice.forEnd(new InvoiceId(ids.next()), subscription, ids.next(), plan, now))
                .filter(invoice -> !invoice.amounts().creditLeft().isZero())
                .ifPresent(invoice -> storeInvoices.issue(List.of(new StoreInvoices.New(invoice, null, now))));
    }

    /** What the invoice of a change would be, were it asked for now. */
    public Invoice previewChange(Subscription subscription, Terms terms, Plan plan, Instant now) {
        if (subscription.status() == SubscriptionStatus.TRIALING) {
            return Invoice.forTrial(new InvoiceId(ids.next()), subscription, terms, now);
        }
        return ofChange(subscription, ids.next(), terms, plan, now);
    }

    /**
     * What the invoice of the period that comes would be.
     *
     * @return none if none comes
     */
    public Optional<Invoice> preview(Subscription subscription, Instant now) {
        boolean comes = switch (subscription.statusAt(now)) {
            case TRIALING, ACTIVE -> subscription.cancelAt() == null && subscription.pauseAt() == null;
            case PAUSED -> true;
            case INCOMPLETE, PAST_DUE, RESTRICTED, SUSPENDED, CANCELED, EXPIRED -> false;
        };
        if (!comes) {
            return Optional.empty();
        }
        Instant resumeAt = subscription.resumeAt();
        Instant start = subscription.status() != SubscriptionStatus.PAUSED
                ? subscription.planExpiresAt()
                : resumeAt == null ? now : resumeAt;
        return subscription
                .next(start, plans)
                .map(next -> Invoice.forPeriod(
                        new InvoiceId(ids.next()), subscription, next, reductionOf(subscription), next.start()));
    }

    private Invoice ofChange(Subscription subscription, UUID changeId, Terms terms, Plan plan, Instant now) {
        @Nullable
        Plan old = plans.find(subscription.plan(), subscription.terms().planVersion())
                .orElse(null);
        boolean taxedAlike = old == null ? plan.taxFree().isZero() : old.isTaxedLike(plan);
        if (!taxedAlike) {
            // What is taken off the one would be taken off another rate.
            throw new SubscriptionRefused(
                    SubscriptionRefused.Reason.TAXED_OTHERWISE,
                    "plan " + terms.plan() + ": another part of it is free of VAT than of " + subscription.plan()
                            + " (expected: the same part, or the change at the period's end)");
        }
        Reduction reduction = Invoice.isWithinPeriod(old, plan)
                ? reductions.ofRunningPeriod(subscription)
                : reductionOf(subscription);
        return Invoice.forChange(new InvoiceId(ids.next()), subscription, changeId, old, terms, plan, reduction, now);
    }

    private Reduction reductionOf(Subscription subscription) {
        return reductions.of(List.of(subscription)).getOrDefault(subscription.id(), Reduction.NONE);
    }
}
