package dev.wonflow.subscription.plan;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Tells the others what each plan costs, so that they take no other amount for it. */
@Service
public class AnnounceCatalogue {

    private static final Logger log = LoggerFactory.getLogger(AnnounceCatalogue.class);

    private final ConfiguredPlans plans;
    private final PlanVersions versions;
    private final PlanEvents events;
    private final Clock clock;
    private final TransactionOperations transaction;

    AnnounceCatalogue(
            ConfiguredPlans plans,
            PlanVersions versions,
            PlanEvents events,
            Clock clock,
            TransactionOperations transaction) {
        this.plans = plans;
        this.versions = versions;
        this.events = events;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * Notes what the settings have changed since the last time, and tells all of it. Plans that an operator changed by
     * API are not for the settings any more. What has not changed is told again under its old version: nobody minds,
     * and a consumer that lost it has it back.
     */
    public void run() {
        transaction.executeWithoutResult(_ -> {
            versions.lock();
            Map<String, PlanVersion> before = newest();
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            plans.all().forEach(plan -> note(before.get(plan.id()), plan, now));
            before.values().stream()
                    .filter(version -> plans.find(version.planId()).isEmpty())
                    .forEach(version -> note(version, null, now));
            newest().values().forEach(events::publish);
        });
    }

    private Map<String, PlanVersion> newest() {
        return versions.newest().stream().collect(Collectors.toMap(PlanVersion::planId, Function.identity()));
    }

    private void note(@Nullable PlanVersion before, @Nullable Plan plan, Instant now) {
        if (before == null) {
            add(PlanVersion.first(Objects.requireNonNull(plan), PlanSource.CONFIGURATION, now));
        } else if (before.source() == PlanSource.CONFIGURATION && !Objects.equals(before.offer(), plan)) {
            add(before.then(plan, PlanSource.CONFIGURATION, now));
        }
    }

    private void add(PlanVersion version) {
        versions.add(version);
        Plan offer = version.offer();
        log.info(
                "Plan {}, version {}: {}",
                version.planId(),
                version.version(),
                offer == null ? "withdrawn" : offer.price());
    }
}
