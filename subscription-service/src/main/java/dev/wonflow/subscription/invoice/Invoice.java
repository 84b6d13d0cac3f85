package dev.wonflow.subscription.invoice;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.subscription.BillingSchedule;
import dev.wonflow.subscription.subscription.Due;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.Terms;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant owes for a period, or for a change within one.
 *
 * @param changeId the change it is for; null: a period
 * @param terms what it is for; they hold when it is paid
 * @param period what it is for; of a change the period within which it happens
 * @param amounts what it comes to; the lines explain it
 * @param billingMethodId what is charged; null: nothing to charge, or it was paid by hand
 * @param refunded part of the total that went back
 * @param dueAt when it is charged first
 * @param endedAt when it was voided or given up
 * @param payment how it was paid; null: not, or there was nothing to pay
 * @param receipt number of its receipt, once it is paid
 */
public record Invoice(
        InvoiceId id,
        SubscriptionId subscriptionId,
        TenantId tenantId,
        String product,
        @Nullable UUID changeId,
        Terms terms,
        Period period,
        InvoiceStatus status,
        Amounts amounts,
        List<InvoiceLine> lines,
        @Nullable UUID billingMethodId,
        Money refunded,
        Instant issuedAt,
        Instant dueAt,
        @Nullable Instant paidAt,
        @Nullable Instant endedAt,
        @Nullable InvoicePayment payment,
        @Nullable DocumentNumber receipt,
        long version) {

    /** A new state and the fact that explains it; both are stored in one transaction, or neither is. */
    public record Change(Invoice invoice, InvoiceEvent event) {}

    /**
     * The invoice for a period that comes.
     *
     * @param id of the new invoice
     * @param now when it is issued
     */
    public static Invoice forPeriod(
            InvoiceId id, Subscription subscription, Due.Next next, Reduction reduction, Instant now) {
        InvoiceBuilder.Draft draft = InvoiceBuilder.period(
                next.plan(),
                next.terms().quantity(),
                reduction.discountOf(next.plan().id()),
                reduction.credit());
        Period period = new Period(next.number(), next.start(), next.end(), draft.periodValue());
        return drafted(id, subscription, null, next.terms(), period, draft, now);
    }

    /**
     * The invoice for other terms from now on: for the rest of the running period, or, if the new plan's periods have
     * another length, for a period of its own.
     *
     * @param oldPlan that the subscription has; null: not known any more
     * @param plan that {@code terms} name
     * @param reduction of the running period, or of one that comes, as {@link #isWithinPeriod} says
     */
    public static Invoice forChange(
            InvoiceId id,
            Subscription subscription,
            UUID changeId,
            @Nullable Plan oldPlan,
            Terms terms,
            Plan plan,
            Reduction reduction,
            Instant now) {
        Period running = subscription.period();
        String oldName = oldPlan == null ? subscription.plan() : oldPlan.name();
        Discount discount = reduction.discountOf(plan.id());
        if (isWithinPeriod(oldPlan, plan)) {
            InvoiceBuilder.Draft draft =
                    InvoiceBuilder.change(running, oldName, plan, terms.quantity(), now, discount, reduction.credit());
            Period rest = new Period(running.number(), now, running.end(), draft.periodValue());
            return drafted(id, subscription, changeId, terms, rest, draft, now);
        }
        InvoiceBuilder.Draft draft =
                InvoiceBuilder.restart(running, oldName, plan, terms.quantity(), now, discount, reduction.credit());
        Instant end = new BillingSchedule(now, subscription.zone(), plan.interval()).after(now);
        Period begun = new Period(running.number() + 1, now, end, draft.periodValue());
        return drafted(id, subscription, changeId, terms, begun, draft, now);
    }

    /** What there would be for other terms during a trial: nothing is to be paid for the rest of it. */
    static Invoice forTrial(InvoiceId id, Subscription subscription, Terms terms, Instant now) {
        Period trial = subscription.period();
        Period rest = new Period(trial.number(), now, trial.end(), trial.value());
        return drafted(id, subscription, null, terms, rest, InvoiceBuilder.nothing(), now);
    }

    /**
     * Whether a change holds for the rest of the running period, or begins one of its own.
     *
     * @param oldPlan null: not known any more
     */
    static boolean isWithinPeriod(@Nullable Plan oldPlan, Plan plan) {
        return oldPlan != null && oldPlan.interval().equals(plan.interval());
    }

    /**
     * The invoice for a subscription that ends now, and whose tenant keeps what is not used of the running period.
     *
     * @param changeId of the end
     * @param plan that the subscription has
     */
    static Invoice forEnd(InvoiceId id, Subscription subscription, UUID changeId, Plan plan, Instant now) {
        Period running = subscription.period();
        InvoiceBuilder.Draft draft = InvoiceBuilder.end(running, plan, now);
        Period rest = new Period(running.number(), now, running.end(), draft.periodValue());
        return drafted(id, subscription, changeId, subscription.terms(), rest, draft, now);
    }

    /** The invoice for a purchase, which was paid before there was one. */
    static Invoice forPurchase(InvoiceId id, Subscription bought, Plan plan, Instant now) {
        InvoiceBuilder.Draft draft = InvoiceBuilder.period(plan, 1, null, Money.ZERO);
        return drafted(id, bought, null, bought.terms(), bought.period(), draft, now);
    }

    private static Invoice drafted(
            InvoiceId id,
            Subscription subscription,
            @Nullable UUID changeId,
            Terms terms,
            Period period,
            InvoiceBuilder.Draft draft,
            Instant now) {
        return new Invoice(
                id,
                subscription.id(),
                subscription.tenantId(),
                subscription.product(),
                changeId,
                terms,
                period,
                InvoiceStatus.OPEN,
                draft.amounts(),
                draft.lines(),
                subscription.billingMethodId(),
                Money.ZERO,
                now,
                now,
                null,
                null,
                null,
                null,
                0);
    }

    /**
     * It was paid, or there was nothing to pay.
     *
     * @param paidPeriod what was paid for, which begins later than was thought if the payment did
     * @param by null: there was nothing to pay
     */
    Change paid(Period paidPeriod, @Nullable InvoicePayment by, DocumentNumber number, Instant at) {
        require(InvoiceStatus.PAID);
        return new Change(with(InvoiceStatus.PAID, paidPeriod, at, null, by, number), new InvoiceEvent.Paid(at));
    }

    /** It counts as never issued. */
    Change voided(Instant at) {
        require(InvoiceStatus.VOID);
        return new Change(with(InvoiceStatus.VOID, period, null, at, null, null), new InvoiceEvent.Voided(at));
    }

    /** Nobody pays it any more. */
    Change givenUp(Instant at) {
        require(InvoiceStatus.UNCOLLECTIBLE);
        return new Change(
                with(InvoiceStatus.UNCOLLECTIBLE, period, null, at, null, null), new InvoiceEvent.GivenUp(at));
    }

    private void require(InvoiceStatus next) {
        if (!status.next().contains(next)) {
            throw new IllegalStateException(
                    "invoice " + id + ": " + status + " -> " + next + " (expected: one of " + status.next() + ")");
        }
    }

    private Invoice with(
            InvoiceStatus newStatus,
            Period newPeriod,
            @Nullable Instant newPaidAt,
            @Nullable Instant newEndedAt,
            @Nullable InvoicePayment newPayment,
            @Nullable DocumentNumber newReceipt) {
        return new Invoice(
                id,
                subscriptionId,
                tenantId,
                product,
                changeId,
                terms,
                newPeriod,
                newStatus,
                amounts,
                lines,
                billingMethodId,
                refunded,
                issuedAt,
                dueAt,
                newPaidAt,
                newEndedAt,
                newPayment,
                newReceipt,
                version);
    }

    public InvoiceKind kind() {
        return changeId == null ? InvoiceKind.PERIOD : InvoiceKind.CHANGE;
    }

    public Money total() {
        return amounts.total();
    }

    /** So much of the total has gone back. */
    Invoice refundedBy(Money back) {
        return withRefund(period, back);
    }

    /** What it paid for is at another time. */
    Invoice withPeriod(Period moved) {
        return withRefund(moved, refunded);
    }

    private Invoice withRefund(Period newPeriod, Money newRefunded) {
        return new Invoice(
                id,
                subscriptionId,
                tenantId,
                product,
                changeId,
                terms,
                newPeriod,
                status,
                amounts,
                lines,
                billingMethodId,
                newRefunded,
                issuedAt,
                dueAt,
                paidAt,
                endedAt,
                payment,
                receipt,
                version);
    }

    /** The same as stored under its new version. */
    public Invoice stored(long newVersion) {
        return new Invoice(
                id,
                subscriptionId,
                tenantId,
                product,
                changeId,
                terms,
                period,
                status,
                amounts,
                lines,
                billingMethodId,
                refunded,
                issuedAt,
                dueAt,
                paidAt,
                endedAt,
                payment,
                receipt,
                newVersion);
    }
}
