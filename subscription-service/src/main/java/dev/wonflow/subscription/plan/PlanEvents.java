package dev.wonflow.subscription.plan;

/** Where the catalogue is told. */
@FunctionalInterface
public interface PlanEvents {

    /** Publishes in the caller's transaction. */
    void publish(PlanVersion version);
}
