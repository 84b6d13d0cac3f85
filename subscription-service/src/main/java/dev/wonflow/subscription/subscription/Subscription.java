package dev.wonflow.subscription.subscription;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's plan. Immutable: a step answers the new state and the fact that explains it.
 *
 * @param product what the plan is one of; a tenant has one subscription to each
 * @param status what was last announced; {@link #statusAt} knows whether time has run out since
 * @param billingMethodId what is charged; null: nothing
 * @param zone in which days begin and end
 * @param anchor when the first period of the present run began or begins; all later ones are counted from here
 * @param activatedAt when the present plan began without a gap
 * @param cancelAt end of the period after which there is none; null: it goes on
 * @param pauseAt from when it rests, or has rested; null: it does not
 * @param resumeAt when it goes on by itself; null: when somebody says so
 * @param dueAt when there is next something to do; null: nothing until something is heard
 * @param livemode whether real money paid for the period
 * @param lastOrderId order of the payment that was counted last; likewise {@code lastPaymentId}; null: none was
 */
public record Subscription(
        SubscriptionId id,
        TenantId tenantId,
        String product,
        Terms terms,
        SubscriptionStatus status,
        CollectionMode collection,
        @Nullable UUID billingMethodId,
        ZoneId zone,
        Instant anchor,
        Period period,
        Instant activatedAt,
        @Nullable Instant trialEndsAt,
        @Nullable Instant cancelAt,
        @Nullable Instant pauseAt,
        @Nullable Instant resumeAt,
        @Nullable Pending pending,
        @Nullable Instant dueAt,
        @Nullable Parking parking,
        boolean livemode,
        @Nullable String lastOrderId,
        @Nullable String lastPaymentId,
        long version) {

    /** Where days begin and end unless somebody says otherwise. */
    public static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    /**
     * A new state and the fact that explains it; both are stored in one transaction, or nothing is.
     *
     * @param event null: nobody else has to know
     */
    public record Change(
            Subscription subscription, @Nullable SubscriptionEvent event) {}

    /**
     * A subscription that begins with its first payment, by a billing method.
     *
     * @param zone in which its days begin and end
     */
    public static Change created(
            SubscriptionId id, TenantId tenant, Plan plan, Terms terms, UUID method, ZoneId zone, Instant now) {
        Period none = new Period(Period.NONE_YET, now, now, Money.ZERO);
        return new Step(bare(id, tenant, plan, terms, zone, none, SubscriptionStatus.INCOMPLETE))
                .collection(CollectionMode.AUTOMATIC)
                .billingMethod(method)
                .because(ChangeReason.CREATED, now);
    }

    /**
     * A subscription that begins with the plan's trial; its first period begins when that ends.
     *
     * @param method what is charged then; null: it expires unless there is one until then
     */
    public static Change onTrial(
            SubscriptionId id,
            TenantId tenant,
            Plan plan,
            Terms terms,
            @Nullable UUID method,
            ZoneId zone,
            Instant now) {
        Instant end = now.atZone(zone).plusDays(plan.trial().days()).toInstant();
        Period trial = new Period(Period.NONE_YET, now, end, Money.ZERO);
        return new Step(bare(id, tenant, plan, terms, zone, trial, SubscriptionStatus.TRIALING))
                .collection(CollectionMode.AUTOMATIC)
                .billingMethod(method)
                .anchor(end)
                .trialEndsAt(end)
                .dueAt(end)
                .because(ChangeReason.TRIAL_STARTED, now);
    }

    /**
     * A subscription that was run elsewhere until now.
     *
     * @param anchor from when its periods are counted
     * @param running the period that is paid for, or on trial; the next one is charged here
     * @param endsThen whether it ends with that period
     */
    public static Change imported(
            SubscriptionId id,
            TenantId tenant,
            Plan plan,
            Terms terms,
            UUID method,
            ZoneId zone,
            Instant anchor,
            Period running,
            boolean endsThen,
            Instant now) {
        boolean onTrial = running.number() == Period.NONE_YET;
        SubscriptionStatus status = onTrial ? SubscriptionStatus.TRIALING : SubscriptionStatus.ACTIVE;
        return new Step(bare(id, tenant, plan, terms, zone, running, status))
                .collection(CollectionMode.AUTOMATIC)
                .billingMethod(method)
                .anchor(anchor)
                .trialEndsAt(onTrial ? running.end() : null)
                .cancelAt(endsThen ? running.end() : null)
                .dueAt(running.end())
                .because(ChangeReason.IMPORTED, now);
    }

    /**
     * A tenant's first purchase of a plan of this product.
     *
     * @param plan as it was on sale in {@code planVersion}
     */
    public static Change started(SubscriptionId id, Purchase purchase, Plan plan, long planVersion) {
        Instant start = purchase.approvedAt();
        Instant end = new BillingSchedule(start, SEOUL, plan.interval()).after(start);
        Period first = new Period(0, start, end, plan.price());
        Terms terms = new Terms(plan.id(), planVersion, 1);
        return new Step(bare(id, purchase.tenantId(), plan, terms, SEOUL, first, SubscriptionStatus.ACTIVE))
                .dueAt(end)
                .paidBy(purchase.livemode(), purchase.orderId(), purchase.paymentId())
                .because(new SubscriptionEvent.Activated(start));
    }

    private static Subscription bare(
            SubscriptionId id,
            TenantId tenant,
            Plan plan,
            Terms terms,
            ZoneId zone,
            Period period,
            SubscriptionStatus status) {
        return new Subscription(
                id,
                tenant,
                plan.product(),
                terms,
                status,
                CollectionMode.PREPAID,
                null,
                zone,
                period.start(),
                period,
                period.start(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                0);
    }

    /**
     * Counts a further purchase: the same plan goes on where it ends, another plan or a lapsed one begins at once. What
     * was to come does not come any more.
     *
     * @param plan as it was on sale in {@code planVersion}
     * @throws IllegalArgumentException if it {@linkplain #supersedes supersedes} the purchase
     */
    public Change bought(Purchase purchase, Plan plan, long planVersion) {
        if (supersedes(purchase)) {
            throw new IllegalArgumentException("purchase " + purchase.paymentId() + ": of " + purchase.approvedAt()
                    + " (expected: not before " + activatedAt + ")");
        }
        SubscriptionStatus now = statusAt(purchase.approvedAt());
        boolean goesOn = now == SubscriptionStatus.ACTIVE && plan().equals(purchase.plan());
        Instant from = goesOn ? anchor : purchase.approvedAt();
        Instant start = goesOn ? period.end() : purchase.approvedAt();
        Instant end = new BillingSchedule(from, zone, plan.interval()).after(start);
        return new Step(this)
                .to(now, SubscriptionStatus.ACTIVE)
                .terms(new Terms(plan.id(), planVersion, 1))
                .anchor(from)
                .period(new Period(period.number() + 1, start, end, plan.price()))
                .activatedAt(goesOn ? activatedAt : start)
                .nothingToCome()
                .dueAt(end)
                .paidBy(purchase.livemode(), purchase.orderId(), purchase.paymentId())
                .because(new SubscriptionEvent.Activated(purchase.approvedAt()));
    }

    /**
     * Whether a later purchase of another plan was counted already. Payments of different orders may reach us in any
     * order, and the tenant's last choice has to stand.
     */
    public boolean supersedes(Purchase purchase) {
        return !plan().equals(purchase.plan()) && purchase.approvedAt().isBefore(activatedAt);
    }

    /**
     * What there is to do at a moment.
     *
     * @param plans for the price of the period that comes, and how long it is
     */
    public Due due(Instant now, PlanVersions plans) {
        if (parking != null || dueAt == null || dueAt.isAfter(now)) {
            return new Due.Nothing();
        }
        return switch (status) {
            case TRIALING, ACTIVE -> periodOver(now, plans);
            case PAUSED -> billed(resumed(now), next(now, plans), now);
            case INCOMPLETE, PAST_DUE, RESTRICTED, SUSPENDED, CANCELED, EXPIRED ->
                new Due.Move(new Step(this).dueAt(null).silently());
        };
    }

    private Due periodOver(Instant now, PlanVersions plans) {
        if (period.end().isAfter(now)) {
            return new Due.Move(new Step(this).dueAt(period.end()).silently());
        }
        Optional<Change> ended = ended(now);
        if (ended.isPresent()) {
            return new Due.Move(ended.get());
        }
        if (collection == CollectionMode.PREPAID
                || (status == SubscriptionStatus.TRIALING && billingMethodId == null)) {
            return new Due.Move(new Step(this)
                    .to(SubscriptionStatus.EXPIRED)
                    .nothingToCome()
                    .because(ChangeReason.EXPIRED, now));
        }
        Change change = new Step(this).dueAt(null).silently();
        return billed(change, next(plans), now);
    }

    /** It is cancelled or rests, if that was to happen by now; empty: it goes on. */
    public Optional<Change> ended(Instant now) {
        if (cancelAt != null && !cancelAt.isAfter(now)) {
            return Optional.of(canceled(now));
        }
        return pauseAt != null && !pauseAt.isAfter(now)
                ? Optional.of(new Step(this)
                        .to(SubscriptionStatus.PAUSED)
                        .dueAt(resumeAt)
                        .because(ChangeReason.PAUSED, now))
                : Optional.empty();
    }

    private Due billed(Change change, Optional<Due.Next> next, Instant now) {
        // One that rests uses nothing and waits; one that runs owes its period all the same.
        if (billingMethodId == null && status == SubscriptionStatus.PAUSED) {
            return new Due.Move(parked(ParkingReason.NO_METHOD, now));
        }
        if (next.isEmpty()) {
            return new Due.Move(parked(ParkingReason.PLAN_VERSION_MISSING, now));
        }
        return now.isBefore(next.get().end())
                ? new Due.Bill(change, next.get())
                : new Due.Move(parked(ParkingReason.OVERDUE_BY_A_PERIOD, now));
    }

    /** The period after the running one; none if its plan is not known. */
    public Optional<Due.Next> next(PlanVersions plans) {
        return next(period.end(), plans);
    }

    /** The period that begins, or would begin, at a moment. */
    public Optional<Due.Next> next(Instant start, PlanVersions plans) {
        boolean comes = pending != null
                && pending.changeId() == null
                && (pending.from() == null || !pending.from().isAfter(start));
        Terms then = pending != null && comes ? pending.terms() : terms;
        return plans.find(then.plan(), then.planVersion())
                .map(plan -> new Due.Next(
                        then,
                        plan,
                        period.number() + 1,
                        start,
                        new BillingSchedule(anchorOf(plan, start), zone, plan.interval()).after(start)));
    }

    /** From where periods of a plan are counted of which one begins at {@code start}: from there, if none did. */
    private Instant anchorOf(Plan plan, Instant start) {
        return new BillingSchedule(anchor, zone, plan.interval()).isStart(start) ? anchor : start;
    }

    /**
     * A period was paid, or there was nothing to pay for it. It holds from the moment at which it begins, however late
     * that is known. One that was cancelled while it was being paid for lasts as long as was paid, and is not charged
     * on.
     *
     * @param paid the period
     * @param plan that {@code paidTerms} name
     * @param by null: there was nothing to pay
     */
    public Change renewed(Period paid, Terms paidTerms, Plan plan, @Nullable PaidBy by, Instant at) {
        boolean applied =
                pending != null && pending.changeId() == null && pending.terms().equals(paidTerms);
        boolean goesOn = paid.start().equals(period.end()) && paidTerms.plan().equals(plan());
        Step step = new Step(this)
                .to(SubscriptionStatus.ACTIVE)
                .terms(paidTerms)
                .anchor(anchorOf(plan, paid.start()))
                .period(paid)
                .activatedAt(goesOn ? activatedAt : paid.start())
                .cancelAt(status == SubscriptionStatus.CANCELED ? paid.end() : moved(cancelAt, paid))
                .pauseAt(status == SubscriptionStatus.INCOMPLETE ? null : moved(pauseAt, paid))
                .pending(applied ? null : pending)
                .dueAt(paid.end())
                .parking(null);
        if (by != null) {
            step.paidBy(by.livemode(), by.orderId(), by.paymentId());
        }
        return step.because(new SubscriptionEvent.Renewed(at));
    }

    /**
     * What was to happen at the end of a period, and was said when the next one was being paid, waits for that one's.
     */
    private static @Nullable Instant moved(@Nullable Instant moment, Period paid) {
        return moment != null && !moment.isAfter(paid.start()) ? paid.end() : moment;
    }

    /** The first payment of a run failed: it does not begin, or goes on resting. */
    public Change firstPaymentFailed(Instant now) {
        return pauseAt == null
                ? new Step(this)
                        .to(SubscriptionStatus.EXPIRED)
                        .nothingToCome()
                        .because(ChangeReason.PAYMENT_FAILED, now)
                : new Step(this).to(SubscriptionStatus.PAUSED).because(ChangeReason.PAYMENT_FAILED, now);
    }

    /** Other terms hold from now on until the running period ends. */
    public Change changed(Terms changed, Money value, Instant now) {
        return new Step(this)
                .to(status)
                .terms(changed)
                .period(new Period(period.number(), period.start(), period.end(), value))
                .activatedAt(changed.plan().equals(plan()) ? activatedAt : now)
                .pending(null)
                .dueAt(period.end())
                .because(reasonOf(changed), now);
    }

    /** Other terms hold from now on, in a period of their own, from which later ones are counted. */
    public Change changedWithPeriod(Terms changed, Period begun, Instant now) {
        return new Step(this)
                .to(SubscriptionStatus.ACTIVE)
                .terms(changed)
                .anchor(begun.start())
                .period(begun)
                .activatedAt(changed.plan().equals(plan()) ? activatedAt : now)
                .cancelAt(cancelAt == null ? null : begun.end())
                .pauseAt(pauseAt == null ? null : begun.end())
                .pending(null)
                .dueAt(begun.end())
                .because(reasonOf(changed), now);
    }

    private ChangeReason reasonOf(Terms changed) {
        return changed.plan().equals(plan()) && changed.planVersion() == terms.planVersion()
                ? ChangeReason.QUANTITY_CHANGED
                : ChangeReason.PLAN_CHANGED;
    }

    /** Other terms hold once the invoice of this change is paid; until that is known, nothing else is due. */
    public Change awaitingChange(Terms changed, UUID changeId) {
        return new Step(this)
                .to(status)
                .pending(new Pending(changed, null, changeId))
                .dueAt(null)
                .silently();
    }

    /** The invoice of a change was not paid: everything stays as it was. */
    public Change changeFailed(Instant now) {
        return new Step(this).pending(null).dueAt(period.end()).because(ChangeReason.CHANGE_DROPPED, now);
    }

    /**
     * Other terms hold from a period on.
     *
     * @param from the first one that begins then or later; null: the next
     */
    public Change changeScheduled(Terms changed, @Nullable Instant from, Instant now) {
        return new Step(this).pending(new Pending(changed, from, null)).because(ChangeReason.CHANGE_SCHEDULED, now);
    }

    /** Nothing changes at the end of the period any more. */
    public Change changeUndone(Instant now) {
        return new Step(this).pending(null).because(ChangeReason.CHANGE_DROPPED, now);
    }

    /** It ends with the running period. */
    public Change cancelScheduled(Instant now) {
        return new Step(this).to(status).cancelAt(period.end()).because(ChangeReason.CANCEL_SCHEDULED, now);
    }

    /** It does not end any more. */
    public Change cancelUndone(Instant now) {
        return new Step(this).to(status).cancelAt(null).because(ChangeReason.CANCEL_UNDONE, now);
    }

    /** It ends, and what is left of its period with it. */
    public Change canceled(Instant now) {
        return new Step(this)
                .to(SubscriptionStatus.CANCELED)
                .period(endedBy(now))
                .nothingToCome()
                .because(ChangeReason.CANCELED, now);
    }

    private Period endedBy(Instant now) {
        if (!now.isBefore(period.end())) {
            return period;
        }
        // One that was paid ahead begins later than now.
        Instant start = now.isBefore(period.start()) ? now : period.start();
        return new Period(period.number(), start, now, period.value());
    }

    /**
     * It begins again: the first payment is outstanding.
     *
     * @param method what is charged
     */
    public Change reactivated(Terms again, UUID method, Instant now) {
        return new Step(this)
                .to(statusAt(now), SubscriptionStatus.INCOMPLETE)
                .terms(again)
                .collection(CollectionMode.AUTOMATIC)
                .billingMethod(method)
                .anchor(now)
                .period(new Period(period.number(), now, now, Money.ZERO))
                .activatedAt(now)
                .trialEndsAt(null)
                .nothingToCome()
                .because(ChangeReason.REACTIVATED, now);
    }

    /**
     * It rests from the end of the running period on.
     *
     * @param until when it goes on by itself; null: when somebody says so
     */
    public Change pauseScheduled(@Nullable Instant until, Instant now) {
        return new Step(this)
                .to(status)
                .pauseAt(period.end())
                .resumeAt(until)
                .because(ChangeReason.PAUSE_SCHEDULED, now);
    }

    /** It goes on: one that rests with a period that begins now and has to be paid first. */
    public Change resumed(Instant now) {
        if (status != SubscriptionStatus.PAUSED) {
            return new Step(this).to(status).pauseAt(null).resumeAt(null).because(ChangeReason.RESUMED, now);
        }
        return new Step(this)
                .to(SubscriptionStatus.INCOMPLETE)
                .anchor(now)
                .period(new Period(period.number(), now, now, Money.ZERO))
                .resumeAt(null)
                .dueAt(null)
                .parking(null)
                .because(ChangeReason.RESUMED, now);
    }

    /** The payment for the next period failed. Who wanted no next period has none. */
    public Change pastDue(Instant now) {
        return ended(now)
                .orElseGet(() -> new Step(this)
                        .to(SubscriptionStatus.PAST_DUE)
                        .dueAt(null)
                        .because(ChangeReason.PAYMENT_FAILED, now));
    }

    /** It is still outstanding: not everything may be used. */
    public Change restricted(Instant now) {
        return new Step(this).to(SubscriptionStatus.RESTRICTED).because(ChangeReason.RESTRICTED, now);
    }

    /** It is still outstanding: nothing may be used. */
    public Change suspended(Instant now) {
        return new Step(this).to(SubscriptionStatus.SUSPENDED).because(ChangeReason.SUSPENDED, now);
    }

    /** Nothing is charged until somebody has looked. */
    public Change parked(ParkingReason reason, Instant now) {
        return new Step(this).parking(new Parking(now, reason)).because(ChangeReason.PARKED, now);
    }

    /** Somebody has looked. A period that nobody asked for in time is not asked for any more: the next begins now. */
    public Change released(Instant now) {
        Step step = new Step(this).parking(null).dueAt(now);
        if (parking != null && parking.reason() == ParkingReason.OVERDUE_BY_A_PERIOD) {
            step.anchor(now).period(new Period(period.number(), period.start(), now, period.value()));
        }
        return step.because(ChangeReason.RELEASED, now);
    }

    /** A billing method is charged from the end of what is paid for on. */
    public Change methodSet(UUID method, Instant now) {
        Step step = new Step(this).collection(CollectionMode.AUTOMATIC).billingMethod(method);
        if (parking != null && parking.reason() == ParkingReason.NO_METHOD) {
            step.parking(null).dueAt(now);
        }
        return step.because(ChangeReason.METHOD_CHANGED, now);
    }

    /** There is nothing to charge any more. */
    public Change methodRemoved(Instant now) {
        return new Step(this).billingMethod(null).because(ChangeReason.METHOD_CHANGED, now);
    }

    /**
     * The money for what was paid for last went back, and its time with it.
     *
     * @param from when that time begins; if it has begun, {@code now}
     */
    public Change takenBack(Instant from, Instant now) {
        if (from.isAfter(now)) {
            // Paid ahead: what was paid before it stays.
            Instant start = now.isBefore(period.start()) ? now : period.start();
            return new Step(this)
                    .to(statusAt(now))
                    .period(new Period(period.number(), start, from, period.value()))
                    .dueAt(from)
                    .because(ChangeReason.MONEY_WENT_BACK, now);
        }
        return new Step(this)
                .to(statusAt(now), SubscriptionStatus.EXPIRED)
                .period(endedBy(now))
                .nothingToCome()
                .because(ChangeReason.MONEY_WENT_BACK, now);
    }

    /** The money for a change within the running period went back, and the terms of before hold again. */
    public Change changeTakenBack(Terms before, Money value, Instant now) {
        return new Step(this)
                .to(status)
                .terms(before)
                .period(new Period(period.number(), period.start(), period.end(), value))
                .activatedAt(before.plan().equals(plan()) ? activatedAt : now)
                .because(ChangeReason.MONEY_WENT_BACK, now);
    }

    /** A part of the money for the running period went back, and what is not used of it is worth so much less. */
    public Change worthLess(Money less) {
        Money value =
                period.value().isLessThan(less) ? Money.ZERO : period.value().minus(less);
        return new Step(this)
                .period(new Period(period.number(), period.start(), period.end(), value))
                .silently();
    }

    /**
     * The money for what was paid for last went back, and what it had taken the place of is there again.
     *
     * @param before what was paid for then, and is not over
     */
    public Change broughtBack(Terms then, Period before, Instant now) {
        return new Step(this)
                .to(statusAt(now))
                .terms(then)
                .anchor(before.start())
                .period(new Period(period.number(), before.start(), before.end(), before.value()))
                .activatedAt(now)
                .dueAt(before.end())
                .because(ChangeReason.MONEY_WENT_BACK, now);
    }

    /**
     * The money for a period went back, and those that were paid for after it begin so much earlier.
     *
     * @param last the last of them, as it is then
     * @param from when the first of them begins, from which they are counted
     */
    public Change broughtForward(Period last, Instant from, Instant now) {
        return new Step(this)
                .to(statusAt(now))
                .anchor(from)
                .period(last)
                .dueAt(last.end())
                .because(ChangeReason.MONEY_WENT_BACK, now);
    }

    /** The status at a moment: one that nothing charges on is over when its paid time is. */
    public SubscriptionStatus statusAt(Instant moment) {
        boolean runsOut = switch (status) {
            case ACTIVE -> collection == CollectionMode.PREPAID;
            case TRIALING -> billingMethodId == null;
            default -> false;
        };
        return runsOut && !moment.isBefore(planExpiresAt()) ? SubscriptionStatus.EXPIRED : status;
    }

    /** Id of the plan. */
    public String plan() {
        return terms.plan();
    }

    /** Until when the tenant has paid. */
    public Instant planExpiresAt() {
        return period.end();
    }

    /** The same as stored under its new version. */
    public Subscription stored(long newVersion) {
        return new Subscription(
                id,
                tenantId,
                product,
                terms,
                status,
                collection,
                billingMethodId,
                zone,
                anchor,
                period,
                activatedAt,
                trialEndsAt,
                cancelAt,
                pauseAt,
                resumeAt,
                pending,
                dueAt,
                parking,
                livemode,
                lastOrderId,
                lastPaymentId,
                newVersion);
    }
}
