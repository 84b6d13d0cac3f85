package dev.wonflow.subscription.subscription;

import dev.wonflow.access.Operator;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.subscription.plan.Plans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Moves running subscriptions of older versions of a plan to the newest one, when they were told long enough before.
 * Those whose tenant chose other terms for the next period, and those paid for by hand, are left alone.
 */
@Service
public class MoveSubscribers {

    private static final int AT_ONCE = 500;

    private final Plans plans;
    private final Subscriptions subscriptions;
    private final StoreSubscriptions store;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionOperations transaction;

    MoveSubscribers(
            Plans plans,
            Subscriptions subscriptions,
            StoreSubscriptions store,
            AuditTrail audit,
            Clock clock,
            TransactionOperations transaction) {
        this.plans = plans;
        this.subscriptions = subscriptions;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * What was arranged.
     *
     * @param version to which they move
     * @param from they do in the first period that begins then or later
     * @param moved how many were told now
     */
    public record Moved(long version, Instant from, int moved) {}

    /**
     * Arranges it, some hundred with one transaction. A repeat finds those that are left.
     *
     * @param days how long before they are told; null: as the plan says
     * @return none if the plan is not on sale
     */
    public Optional<Moved> toNewest(String planId, @Nullable Integer days, Operator operator) {
        return plans.find(planId).map(offer -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Instant from = now.plus(Duration.ofDays(days == null ? offer.plan().noticeDays() : days));
            int moved = 0;
            int part;
            do {
                part = transaction.execute(_ -> some(planId, offer.version(), from, now));
                moved += part;
            } while (part > 0);
            int all = moved;
            transaction.executeWithoutResult(_ -> audit.record(new AuditEntry(
                    operator,
                    "plan.move-subscribers",
                    planId,
                    null,
                    Map.of("version", offer.version(), "from", from.toString(), "moved", (long) all),
                    null)));
            return new Moved(offer.version(), from, all);
        });
    }

    private int some(String planId, long version, Instant from, Instant now) {
        List<Subscription> older = subscriptions.holdOlder(planId, version, AT_ONCE);
        if (!older.isEmpty()) {
            store.store(older.stream()
                    .map(subscription -> subscription.changeScheduled(
                            new Terms(planId, version, subscription.terms().quantity()), from, now))
                    .toList());
        }
        return older.size();
    }
}
