package dev.wonflow.subscription.dunning;

import dev.wonflow.runtime.CrashPoint;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.charge.ChargeId;
import dev.wonflow.subscription.charge.Occasion;
import dev.wonflow.subscription.charge.Remedy;
import dev.wonflow.subscription.charge.RequestCharges;
import dev.wonflow.subscription.charge.RequestCharges.Again;
import dev.wonflow.subscription.dunning.DunningCases.Decline;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.invoice.InvoiceStatus;
import dev.wonflow.subscription.invoice.Invoices;
import dev.wonflow.subscription.renewal.WatchRenewals;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Subscriptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Judges declines, and does what is due for invoices that were declined: attempts, reminders, and less and less use.
 * Each step is one transaction over many of them. While renewals are stopped nothing is judged, tried or taken away.
 */
public final class RunDunning {

    private static final int BATCH = 200;

    /** Those that have something to lose. */
    private static final Set<SubscriptionStatus> RUNNING = EnumSet.of(
            SubscriptionStatus.TRIALING,
            SubscriptionStatus.ACTIVE,
            SubscriptionStatus.PAST_DUE,
            SubscriptionStatus.RESTRICTED,
            SubscriptionStatus.SUSPENDED);

    private final WatchRenewals watch;
    private final DunningCases cases;
    private final DunningPolicies policies;
    private final Invoices invoices;
    private final Subscriptions subscriptions;
    private final StoreSubscriptions storeSubscriptions;
    private final RequestCharges requestCharges;
    private final DunningEvents events;
    private final DunningProperties properties;
    private final Clock clock;
    private final TenantClocks clocks;
    private final TransactionOperations transaction;

    RunDunning(
            WatchRenewals watch,
            DunningCases cases,
            DunningPolicies policies,
            Invoices invoices,
            Subscriptions subscriptions,
            StoreSubscriptions storeSubscriptions,
            RequestCharges requestCharges,
            DunningEvents events,
            DunningProperties properties,
            Clock clock,
            TenantClocks clocks,
            TransactionOperations transaction) {
        this.watch = watch;
        this.cases = cases;
        this.policies = policies;
        this.invoices = invoices;
        this.subscriptions = subscriptions;
        this.storeSubscriptions = storeSubscriptions;
        this.requestCharges = requestCharges;
        this.events = events;
        this.properties = properties;
        this.clock = clock;
        this.clocks = clocks;
        this.transaction = transaction;
    }

    /** What a step led to. */
    public sealed interface Step {

        /** Something was done, and there may be more. */
        record Done(int declines, int cases) implements Step {}

        /**
         * Nothing is to be done.
         *
         * @param yet time until something is; longer than a service lives if nothing is known to come
         */
        record Idle(Duration yet) implements Step {}

        /** Nothing may be charged. */
        record Stopped() implements Step {}
    }

    /** Takes a step; no transaction is open. */
    public Step step() {
        return transaction.execute(_ -> taken());
    }

    private Step taken() {
        if (!watch.mayGoOn()) {
            return new Step.Stopped();
        }
        Instant now = clock.instant();
        int judged = judge(now);
        if (judged > 0) {
            return new Step.Done(judged, 0);
        }
        int asked = askForMethods();
        if (asked > 0) {
            return new Step.Done(0, asked);
        }
        int moved = goOn(now);
        return moved > 0
                ? new Step.Done(0, moved)
                : new Step.Idle(
                        cases.nextDue().map(next -> Duration.between(now, next)).orElse(Duration.ofDays(1)));
    }

    private int judge(Instant now) {
        List<Decline> declines = cases.takeUnjudged(properties.following(), now.minus(properties.judgeAfter()), BATCH);
        if (declines.isEmpty()) {
            return 0;
        }
        World world = world(declines.stream().map(Decline::invoice).toList());
        Outcome outcome = new Outcome();
        List<ChargeId> counted = new ArrayList<>();
        List<ChargeId> uncounted = new ArrayList<>();
        for (Decline decline : declines) {
            Invoice invoice = world.invoice(decline.invoice());
            Subscription owner = world.owner(invoice);
            boolean counts = invoice.status() == InvoiceStatus.OPEN && RUNNING.contains(owner.status());
            (counts ? counted : uncounted).add(decline.charge());
            if (counts) {
                count(decline, invoice, owner, world, outcome, clocks.now(owner.tenantId()));
            }
        }
        cases.judged(counted, uncounted, now);
        outcome.store();
        CrashPoint.hit("dunning.judged");
        return declines.size();
    }

    private void count(
            Decline decline, Invoice invoice, Subscription owner, World world, Outcome outcome, Instant now) {
        DunningPolicy policy = world.policy(invoice);
        DunningCase known = world.cases().get(invoice.id());
        DunningCase next = known == null
                ? DunningCase.opened(
                        invoice.id(), owner.id(), owner.tenantId(), decline.remedy(), policy, owner.zone(), now)
                : known.declined(decline.remedy(), policy, owner.zone(), now);
        if (next.declines() == 1) {
            if (!isWanted(owner, outcome, now)) {
                return;
            }
            outcome.facts.add(new DunningFact.Declined(invoice, decline.code(), next.nextAttemptAt()));
        }
        if (decline.remedy() != Remedy.LATER) {
            outcome.facts.add(methodNeeded(invoice, next));
        }
        outcome.cases.add(next);
    }

    /** Has the owner be past due for a period that was not paid, unless nobody wanted that any more. */
    private static boolean isWanted(Subscription owner, Outcome outcome, Instant now) {
        if (owner.status() != SubscriptionStatus.ACTIVE && owner.status() != SubscriptionStatus.TRIALING) {
            return true;
        }
        Subscription.Change change = owner.pastDue(now);
        outcome.changes.add(change);
        return change.subscription().status() == SubscriptionStatus.PAST_DUE;
    }

    /** What there is nothing to charge for is overdue at once, and nothing helps but a card or account. */
    private int askForMethods() {
        List<InvoiceId> found = cases.withoutMethod(BATCH);
        if (found.isEmpty()) {
            return 0;
        }
        World world = world(found);
        Outcome outcome = new Outcome();
        for (InvoiceId id : found) {
            Invoice invoice = world.invoice(id);
            if (invoice.status() == InvoiceStatus.OPEN && !world.cases().containsKey(id)) {
                Subscription owner = world.owner(invoice);
                ask(invoice, owner, world.policy(invoice), outcome, clocks.now(owner.tenantId()));
            }
        }
        outcome.store();
        return found.size();
    }

    private static void ask(Invoice invoice, Subscription owner, DunningPolicy policy, Outcome outcome, Instant now) {
        if (!isWanted(owner, outcome, now)) {
            return;
        }
        DunningCase opened =
                DunningCase.withoutMethod(invoice.id(), owner.id(), owner.tenantId(), policy, owner.zone(), now);
        if (owner.billingMethodId() == null) {
            outcome.cases.add(opened);
            outcome.facts.add(methodNeeded(invoice, opened));
        } else {
            outcome.cases.add(opened.hurried(Occasion.NEW_METHOD, now));
        }
    }

    private static DunningFact methodNeeded(Invoice invoice, DunningCase found) {
        return new DunningFact.MethodNeeded(
                invoice, found.declines(), found.stage() == DunningStage.GRACE ? found.stageUntil() : null);
    }

    private int goOn(Instant now) {
        List<InvoiceId> due = cases.due(now, BATCH);
        if (due.isEmpty()) {
            return 0;
        }
        World world = world(due);
        Outcome outcome = new Outcome();
        for (DunningCase one : world.cases().values()) {
            Invoice invoice = world.invoice(one.invoice());
            goOn(one, invoice, world.owner(invoice), world.policy(invoice), outcome, clocks.now(one.tenant()));
        }
        outcome.store();
        CrashPoint.hit("dunning.going-on");
        return due.size();
    }

    private void goOn(
            DunningCase one, Invoice invoice, Subscription owner, DunningPolicy policy, Outcome outcome, Instant now) {
        if (isDue(one.nextAttemptAt(), now)) {
            Instant open = policy.open(now, owner.zone());
            if (one.nextOccasion() == Occasion.RETRY && open.isAfter(now)) {
                // It is late: nobody looked, or nothing was charged for a while.
                outcome.cases.add(one.putOff(open));
            } else {
                attempt(one, invoice, owner, outcome);
            }
        } else if (isDue(one.stageUntil(), now)) {
            DunningCase next = one.stageOver(policy, owner.zone());
            outcome.cases.add(next);
            if (next.stage() != one.stage()) {
                taken(next, invoice, owner, outcome, now);
            }
        } else if (isDue(one.remindAt(), now)) {
            outcome.cases.add(one.reminded());
            if (one.nextAttemptAt() != null) {
                outcome.facts.add(new DunningFact.RetryUpcoming(invoice, one.declines(), one.nextAttemptAt()));
            }
        }
    }

    private static void attempt(DunningCase one, Invoice invoice, Subscription owner, Outcome outcome) {
        UUID method = owner.billingMethodId();
        DunningCase next = one.attempted(method != null);
        outcome.cases.add(next);
        if (method == null || one.nextOccasion() == null) {
            outcome.facts.add(methodNeeded(invoice, next));
        } else {
            outcome.again.add(new Again(invoice, method, one.nextOccasion()));
        }
    }

    private static void taken(DunningCase next, Invoice invoice, Subscription owner, Outcome outcome, Instant now) {
        switch (next.stage()) {
            case RESTRICTED -> {
                outcome.changes.add(owner.restricted(now));
                outcome.facts.add(new DunningFact.Restricted(invoice, next.stageUntil()));
            }
            case SUSPENDED -> {
                outcome.changes.add(owner.suspended(now));
                outcome.facts.add(new DunningFact.Suspended(invoice, next.stageUntil()));
            }
            case ENDED -> outcome.changes.add(owner.canceled(now));
            case GRACE, RECOVERED ->
                throw new IllegalStateException("case " + next.invoice() + ": " + next.stage()
                        + " after a stage was over (expected: a later stage)");
        }
    }

    private static boolean isDue(@Nullable Instant moment, Instant now) {
        return moment != null && !moment.isAfter(now);
    }

    /** Holds subscriptions before their cases, as does everybody who changes both. */
    private World world(Collection<InvoiceId> ids) {
        Map<SubscriptionId, Subscription> owners = by(
                subscriptions.hold(invoices.find(ids).stream()
                        .map(Invoice::subscriptionId)
                        .distinct()
                        .toList()),
                Subscription::id);
        // Once more, for only now does nobody change them.
        List<Invoice> held = invoices.find(ids);
        return new World(
                by(held, Invoice::id),
                owners,
                by(cases.hold(ids), DunningCase::invoice),
                policies.of(held.stream().map(Invoice::tenantId).distinct().toList()));
    }

    private static <K, V> Map<K, V> by(Collection<V> rows, Function<V, K> key) {
        return rows.stream().collect(Collectors.toMap(key, Function.identity()));
    }

    /** What a step knows; all of it is held. */
    private record World(
            Map<InvoiceId, Invoice> invoices,
            Map<SubscriptionId, Subscription> owners,
            Map<InvoiceId, DunningCase> cases,
            Map<TenantId, DunningPolicy> policies) {

        Invoice invoice(InvoiceId id) {
            return require(invoices.get(id), "invoice " + id);
        }

        Subscription owner(Invoice invoice) {
            return require(owners.get(invoice.subscriptionId()), "subscription " + invoice.subscriptionId());
        }

        DunningPolicy policy(Invoice invoice) {
            return require(policies.get(invoice.tenantId()), "dunning policy of " + invoice.tenantId());
        }

        private static <T> T require(@Nullable T found, String what) {
            if (found == null) {
                throw new IllegalStateException(what + ": not stored (expected: stored before it was charged)");
            }
            return found;
        }
    }

    /** What a step leads to. */
    private final class Outcome {

        private final List<DunningCase> cases = new ArrayList<>();
        private final List<Subscription.Change> changes = new ArrayList<>();
        private final List<Again> again = new ArrayList<>();
        private final List<DunningFact> facts = new ArrayList<>();

        void store() {
            RunDunning.this.cases.save(cases);
            if (!changes.isEmpty()) {
                storeSubscriptions.store(changes);
            }
            requestCharges.again(again);
            if (!facts.isEmpty()) {
                events.publish(facts);
            }
        }
    }
}
