package dev.wonflow.subscription.importing;

import dev.wonflow.access.Operator;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.money.Money;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersion;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.subscription.BillingSchedule;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.subscription.subscription.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes over running subscriptions. Nothing is charged by it: what is paid for stays paid for, and the next period is
 * charged here when it begins. One that is due now is not taken, since two would charge it.
 */
@Service
public class ImportSubscriptions {

    /** Far longer than any subscription has run; periods are counted one by one. */
    private static final Duration OLDEST = Duration.ofDays(20 * 366L);

    /** Likewise for what is paid for, or on trial. */
    private static final Duration LONGEST = Duration.ofDays(20 * 366L);

    private final Subscriptions subscriptions;
    private final StoreSubscriptions storeSubscriptions;
    private final PlanVersions plans;
    private final MethodOwners owners;
    private final AuditTrail audit;
    private final IdSource ids;
    private final TenantClocks clocks;

    ImportSubscriptions(
            Subscriptions subscriptions,
            StoreSubscriptions storeSubscriptions,
            PlanVersions plans,
            MethodOwners owners,
            AuditTrail audit,
            IdSource ids,
            TenantClocks clocks) {
        this.subscriptions = subscriptions;
        this.storeSubscriptions = storeSubscriptions;
        this.plans = plans;
        this.owners = owners;
        this.audit = audit;
        this.ids = ids;
        this.clocks = clocks;
    }

    /**
     * What became of one.
     *
     * @param id the subscription there is for it now; null: none was taken
     * @param nextChargeAt when its period or trial is over; null: none was taken
     * @param isNew whether it was not there before
     * @param problem what was wrong and what was expected; empty if it was taken
     */
    public record Result(
            @Nullable SubscriptionId id, @Nullable Instant nextChargeAt, boolean isNew, Optional<String> problem) {

        static Result kept(SubscriptionId id, Instant nextChargeAt, boolean isNew) {
            return new Result(id, nextChargeAt, isNew, Optional.empty());
        }

        static Result refused(String problem) {
            return new Result(null, null, false, Optional.of(problem));
        }
    }

    /** What one would become, or why not. */
    private record Judged(Subscription.@Nullable Change change, Result result) {}

    /**
     * Takes them over, in the caller's transaction.
     *
     * @return what became of each, in their order
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Result> take(List<Imported> all, Operator operator) {
        Map<UUID, TenantId> known =
                owners.of(all.stream().map(Imported::methodId).toList());
        Map<String, PlanVersion> newest =
                plans.newest().stream().collect(Collectors.toMap(PlanVersion::planId, version -> version));
        Set<List<String>> places = new HashSet<>();
        List<Result> results = new ArrayList<>();
        List<Subscription.Change> changes = new ArrayList<>();
        for (Imported one : all) {
            Judged judged = judge(one, known, newest, places);
            results.add(judged.result());
            if (judged.change() != null) {
                changes.add(judged.change());
            }
        }
        if (!changes.isEmpty()) {
            storeSubscriptions.store(changes).forEach(stored -> record(stored, operator));
        }
        return results;
    }

    private Judged judge(
            Imported one, Map<UUID, TenantId> known, Map<String, PlanVersion> newest, Set<List<String>> places) {
        Instant now = clocks.now(one.tenant());
        long version = one.planVersion() == null
                ? Optional.ofNullable(newest.get(one.plan()))
                        .map(PlanVersion::version)
                        .orElse(0L)
                : one.planVersion();
        Plan plan = plans.find(one.plan(), version).orElse(null);
        if (plan == null) {
            return refused("plan: " + one.plan() + (one.planVersion() == null ? "" : ", version " + version)
                    + " (expected: one of the catalogue)");
        }
        if (!plan.seats().allow(one.quantity())) {
            return refused("quantity: " + one.quantity() + " (expected: 1 to "
                    + (plan.seats().most() == null ? "1000000" : plan.seats().most()) + ")");
        }
        if (!one.tenant().equals(known.get(one.methodId()))) {
            return refused("billingMethodId: " + one.methodId()
                    + " (expected: a method of this tenant; one that was just imported takes some seconds)");
        }
        Terms terms = new Terms(plan.id(), version, one.quantity());
        Optional<Subscription> there = subscriptions.find(one.tenant(), plan.product());
        if (there.isPresent()) {
            return again(one, terms, there.get());
        }
        if (places.contains(List.of(one.tenant().value(), plan.product()))) {
            return refused("tenantId: another line has its subscription to " + plan.product() + " (expected: one)");
        }
        Judged judged = one.trialEndsAt() == null ? running(one, plan, terms, now) : trial(one, plan, terms, now);
        if (judged.change() != null) {
            places.add(List.of(one.tenant().value(), plan.product()));
        }
        return judged;
    }

    private static Judged again(Imported one, Terms terms, Subscription there) {
        Instant anchor = one.trialEndsAt() == null ? one.anchor() : one.trialEndsAt();
        boolean same = there.terms().equals(terms)
                && there.anchor().equals(anchor)
                && one.methodId().equals(there.billingMethodId());
        return same
                ? new Judged(null, Result.kept(there.id(), there.planExpiresAt(), false))
                : refused("tenantId: a subscription to " + there.product()
                        + " is there already (expected: none, or the same)");
    }

    private Judged running(Imported one, Plan plan, Terms terms, Instant now) {
        Instant anchor = Objects.requireNonNull(one.anchor());
        Instant end = Objects.requireNonNull(one.paidUntil());
        if (end.isAfter(now.plus(LONGEST))) {
            return refused("paidUntil: " + end + " (expected: in the next 20 years)");
        }
        if (!end.isAfter(now)) {
            return refused(
                    "paidUntil: " + end + " (expected: later than now; charge what is due where you do it today)");
        }
        if (!anchor.isBefore(end) || anchor.isBefore(now.minus(OLDEST))) {
            return refused("anchorAt: " + anchor + " (expected: before paidUntil, and in the last 20 years)");
        }
        BillingSchedule schedule = new BillingSchedule(anchor, one.zone(), plan.interval());
        if (!schedule.isStart(end)) {
            return refused("paidUntil: " + end + " (expected: a beginning of a period counted from anchorAt, such as "
                    + schedule.after(now) + ")");
        }
        long number = 0;
        while (schedule.start(number + 1).isBefore(end)) {
            number++;
        }
        Period period = new Period(number, schedule.start(number), end, plan.priceOf(one.quantity()));
        return taken(one, plan, terms, anchor, period, now);
    }

    private Judged trial(Imported one, Plan plan, Terms terms, Instant now) {
        Instant end = Objects.requireNonNull(one.trialEndsAt());
        if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST))) {
            return refused("trialEndsAt: " + end + " (expected: later than now, and in the next 20 years)");
        }
        return taken(one, plan, terms, end, new Period(Period.NONE_YET, now, end, Money.ZERO), now);
    }

    private Judged taken(Imported one, Plan plan, Terms terms, Instant anchor, Period period, Instant now) {
        SubscriptionId id = new SubscriptionId(ids.next());
        return new Judged(
                Subscription.imported(
                        id, one.tenant(), plan, terms, one.methodId(), one.zone(), anchor, period, one.endsThen(), now),
                Result.kept(id, period.end(), true));
    }

    private static Judged refused(String problem) {
        return new Judged(null, Result.refused(problem));
    }

    private void record(Subscription subscription, Operator operator) {
        audit.record(new AuditEntry(
                operator,
                "subscription.import",
                subscription.id().toString(),
                null,
                Map.of(
                        "tenant", subscription.tenantId().value(),
                        "plan", subscription.plan(),
                        "paidUntil", subscription.planExpiresAt().toString()),
                null));
    }
}
