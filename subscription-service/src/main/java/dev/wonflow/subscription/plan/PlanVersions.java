package dev.wonflow.subscription.plan;

import java.util.List;
import java.util.Optional;

/** All that was ever said about plans. */
public interface PlanVersions {

    /** Makes copies of this service that start together take turns until the caller's transaction ends. */
    void lock();

    /** The newest word about each plan. */
    List<PlanVersion> newest();

    /** The plan as it was on sale in a version; none if there is no such version, or if it withdrew the plan. */
    Optional<Plan> find(String planId, long version);

    void add(PlanVersion version);
}
