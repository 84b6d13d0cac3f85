package dev.wonflow.subscription.renewal;

import dev.wonflow.runtime.CrashPoint;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.charge.Occasion;
import dev.wonflow.subscription.charge.RequestCharges;
import dev.wonflow.subscription.charge.RequestCharges.Again;
import dev.wonflow.subscription.invoice.BillWhatIsDue;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.invoice.Invoices;
import dev.wonflow.subscription.subscription.ParkingReason;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Subscriptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Does what is due for subscriptions, many at a time and each step in one transaction: a subscription is claimed, what
 * is due for it done, and its charge asked for, or none of it. So nothing is ever claimed and left, and what a kill
 * cuts short the next step finds as it was.
 */
public final class RunRenewals {

    private static final Logger log = LoggerFactory.getLogger(RunRenewals.class);

    /** So many in a row may be unfit by themselves. */
    private static final int MOST_UNFIT = 5;

    private final Renewals renewals;
    private final WatchRenewals watch;
    private final Subscriptions subscriptions;
    private final Invoices invoices;
    private final BillWhatIsDue billWhatIsDue;
    private final StoreSubscriptions storeSubscriptions;
    private final RequestCharges requestCharges;
    private final Throttle throttle;
    private final int batch;
    private final IdSource ids;
    private final Clock clock;
    private final TenantClocks clocks;
    private final TransactionOperations transaction;
    /** Steps that claim one subscription each, to find the one that cannot be billed. */
    private final AtomicInteger oneByOne = new AtomicInteger();

    private final AtomicInteger unfitInARow = new AtomicInteger();

    RunRenewals(
            Renewals renewals,
            WatchRenewals watch,
            Subscriptions subscriptions,
            Invoices invoices,
            BillWhatIsDue billWhatIsDue,
            StoreSubscriptions storeSubscriptions,
            RequestCharges requestCharges,
            Throttle throttle,
            int batch,
            IdSource ids,
            Clock clock,
            TenantClocks clocks,
            TransactionOperations transaction) {
        this.renewals = renewals;
        this.watch = watch;
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.billWhatIsDue = billWhatIsDue;
        this.storeSubscriptions = storeSubscriptions;
        this.requestCharges = requestCharges;
        this.throttle = throttle;
        this.batch = batch;
        this.ids = ids;
        this.clock = clock;
        this.clocks = clocks;
        this.transaction = transaction;
    }

    /** What a step led to. */
    public sealed interface Step {

        /** Something was done for so many; there may be more. */
        record Claimed(int subscriptions) implements Step {}

        /**
         * As many charges are under way as may be.
         *
         * @param answers how many have to be answered until a claim is worth it
         */
        record Full(int answers) implements Step {}

        /**
         * Nothing is due.
         *
         * @param yet time until something is; longer than a service lives if nothing is known to come
         */
        record Idle(Duration yet) implements Step {}

        /** Nothing may be charged. */
        record Stopped() implements Step {}
    }

    /**
     * Takes a step; no transaction is open. One subscription that cannot be billed holds up no other: those it was
     * claimed with are taken one by one, and it is parked.
     *
     * @throws RuntimeException if it failed for a reason that passes, such as a database that is away
     */
    public Step step() {
        List<Subscription> claimed = new ArrayList<>();
        int most = oneByOne.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 1 : batch;
        try {
            Step taken = transaction.execute(_ -> taken(most, claimed));
            if (!claimed.isEmpty()) {
                unfitInARow.set(0);
            }
            return taken;
        } catch (TransientDataAccessException
                | RecoverableDataAccessException
                | NonTransientDataAccessResourceException
                | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            if (claimed.isEmpty()) {
                throw e;
            }
            log.error("{} subscriptions cannot be billed together", claimed.size(), e);
            if (claimed.size() > 1) {
                oneByOne.set(claimed.size());
            } else if (unfitInARow.incrementAndGet() <= MOST_UNFIT) {
                transaction.executeWithoutResult(_ -> park(claimed.getFirst()));
            } else {
                // It is not them: to park all would be to blame them for a fault of ours.
                unfitInARow.set(0);
                transaction.executeWithoutResult(
                        _ -> watch.halt(MOST_UNFIT + " subscriptions in a row cannot be billed: "
                                + e.getClass().getName()));
            }
            return new Step.Claimed(0);
        }
    }

    private void park(Subscription unfit) {
        subscriptions.hold(List.of(unfit.id())).stream()
                .filter(held -> held.parking() == null)
                .forEach(held -> storeSubscriptions.store(
                        held.parked(ParkingReason.CANNOT_BE_BILLED, clocks.now(held.tenantId()))));
    }

    private Step taken(int atMost, List<Subscription> claimed) {
        if (!watch.mayGoOn()) {
            return new Step.Stopped();
        }
        Renewals.Standing standing = renewals.standing(throttle.most());
        int room = throttle.room(standing.answered(), standing.underWay());
        int worth = Math.min(atMost, throttle.room(standing.answered(), 0) / 2);
        if (room < worth) {
            return new Step.Full(worth - room);
        }
        int most = Math.min(atMost, room);
        int again = chargeAgain(most);
        return again > 0 ? new Step.Claimed(again) : claim(standing, most, claimed);
    }

    private int chargeAgain(int most) {
        List<InvoiceId> uncounted = renewals.takeUncounted(most);
        if (uncounted.isEmpty()) {
            return 0;
        }
        Map<SubscriptionId, Subscription> owners = new HashMap<>();
        subscriptions
                .hold(invoices.find(uncounted).stream()
                        .map(Invoice::subscriptionId)
                        .distinct()
                        .toList())
                .forEach(owner -> owners.put(owner.id(), owner));
        List<Again> wanted = new ArrayList<>();
        Map<SubscriptionId, Subscription.Change> left = new HashMap<>();
        // Once more, for only now does nobody change them.
        for (Invoice invoice : invoices.find(uncounted)) {
            Subscription owner = owners.get(invoice.subscriptionId());
            if (owner != null && isRunning(owner)) {
                Optional<Subscription.Change> ended = owner.ended(clocks.now(owner.tenantId()));
                if (ended.isPresent()) {
                    // Nobody wants the period any more, and what was asked for it is closed with this.
                    left.put(owner.id(), ended.get());
                    continue;
                }
            }
            UUID now = owner == null ? null : owner.billingMethodId();
            // One that was removed is declined by payment-service, and dunning asks for another.
            UUID method = now == null ? invoice.billingMethodId() : now;
            if (method != null) {
                wanted.add(new Again(invoice, method, Occasion.AGAIN));
            }
        }
        storeSubscriptions.store(List.copyOf(left.values()));
        requestCharges.again(wanted);
        return uncounted.size();
    }

    private static boolean isRunning(Subscription subscription) {
        return subscription.status() == SubscriptionStatus.ACTIVE
                || subscription.status() == SubscriptionStatus.TRIALING;
    }

    private Step claim(Renewals.Standing standing, int most, List<Subscription> claimed) {
        Instant now = clock.instant();
        RenewalRun run = standing.run();
        claimed.addAll(subscriptions.claimDue(now, most));
        if (claimed.isEmpty()) {
            if (run != null && standing.underWay() == 0) {
                renewals.save(run.ended(now));
            }
            return new Step.Idle(
                    renewals.nextDue().map(next -> Duration.between(now, next)).orElse(Duration.ofDays(1)));
        }
        CrashPoint.hit("renewal.claimed");
        if (run == null) {
            run = RenewalRun.started(ids.next(), renewals.countDue(now), now);
        }
        billWhatIsDue.bill(claimed, clocks::now);
        renewals.save(run.claimed(claimed.size()));
        CrashPoint.hit("renewal.claiming");
        return new Step.Claimed(claimed.size());
    }
}
