package dev.wonflow.subscription.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was said about a plan at some time.
 *
 * @param version counts what was said about the plan, from 1 on
 * @param offer the plan as it is on sale; none if it was withdrawn
 */
public record PlanVersion(
        String planId, long version, @Nullable Plan offer, PlanSource source, Instant at) {

    static PlanVersion first(Plan plan, PlanSource source, Instant at) {
        return new PlanVersion(plan.id(), 1, plan, source, at);
    }

    /** The next word about the plan. */
    PlanVersion then(@Nullable Plan changed, PlanSource by, Instant now) {
        return new PlanVersion(planId, version + 1, changed, by, now);
    }
}
