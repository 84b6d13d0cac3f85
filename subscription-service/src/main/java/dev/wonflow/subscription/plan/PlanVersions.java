package dev.wonflow.subscription.plan;

import java.util.List;
import java.util.Optional;

/** All that was ever said about plans. */
public interface PlanVersions {

    /** Makes those who say something about plans take turns until the caller's transaction ends. */
    void lock();

    /** The newest word about each plan. */
    List<PlanVersion> newest();

    /** The newest word about a plan; none if nothing was said of it. */
    Optional<PlanVersion> newest(String planId);

    /** All that was said about a plan, the newest first. */
    List<PlanVersion> of(String planId);

    /** The plan as it was on sale in a version; none if there is no such version, or if it withdrew the plan. */
    Optional<Plan> find(String planId, long version);

    void add(PlanVersion version);
}
