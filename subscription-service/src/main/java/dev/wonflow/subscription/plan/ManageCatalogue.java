package dev.wonflow.subscription.plan;

import dev.wonflow.access.Operator;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** What operators say about plans. Safe to repeat: what a plan is already is not said again. */
@Service
public class ManageCatalogue {

    private final PlanVersions versions;
    private final PlanEvents events;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionOperations transaction;

    ManageCatalogue(
            PlanVersions versions,
            PlanEvents events,
            AuditTrail audit,
            Clock clock,
            TransactionOperations transaction) {
        this.versions = versions;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * Puts a plan on sale, or on sale otherwise. Running subscriptions keep the version they have.
     *
     * @throws ProductDiffers if the plan was one of another product before
     */
    public PlanVersion offer(Plan plan, Operator operator) {
        return say(plan.id(), plan, operator);
    }

    /** Takes a plan off sale; running subscriptions go on. None if nothing was ever said of it. */
    public Optional<PlanVersion> withdraw(String planId, Operator operator) {
        return versions.newest(planId).isEmpty() ? Optional.empty() : Optional.of(say(planId, null, operator));
    }

    private PlanVersion say(String planId, @Nullable Plan plan, Operator operator) {
        return transaction.execute(_ -> {
            versions.lock();
            Optional<PlanVersion> before = versions.newest(planId);
            if (before.isPresent() && isSaid(before.get(), plan)) {
                return before.get();
            }
            requireSameProduct(planId, plan);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            PlanVersion said = before.map(newest -> newest.then(plan, PlanSource.API, now))
                    .orElseGet(() -> new PlanVersion(planId, 1, plan, PlanSource.API, now));
            versions.add(said);
            events.publish(said);
            audit.record(new AuditEntry(
                    operator,
                    plan == null ? "plan.withdraw" : "plan.offer",
                    planId,
                    before.map(ManageCatalogue::facts).orElse(null),
                    facts(said),
                    null));
            return said;
        });
    }

    /** Whether nothing would be new; a plan of the settings becomes the operator's by being said. */
    private static boolean isSaid(PlanVersion newest, @Nullable Plan plan) {
        return plan == null ? newest.offer() == null : plan.equals(newest.offer()) && newest.source() == PlanSource.API;
    }

    private void requireSameProduct(String planId, @Nullable Plan plan) {
        versions.of(planId).stream()
                .flatMap(version -> Optional.ofNullable(version.offer()).stream())
                .filter(offer -> plan != null && !offer.product().equals(plan.product()))
                .findFirst()
                .ifPresent(offer -> {
                    throw new ProductDiffers(planId, offer.product());
                });
    }

    private static Map<String, Object> facts(PlanVersion version) {
        Map<String, Object> facts = new HashMap<>(Map.of("version", version.version()));
        Plan offer = version.offer();
        if (offer != null) {
            facts.put("price", offer.price().won());
            facts.put("interval", offer.interval().toString());
            facts.put("seatPrice", offer.seats().price().won());
        }
        return facts;
    }

    /** A plan stays one of its product: a subscription to it would be one to another otherwise. */
    public static final class ProductDiffers extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ProductDiffers(String planId, String product) {
            super("plan " + planId + ": of another product (expected: " + product + ")");
        }
    }
}
