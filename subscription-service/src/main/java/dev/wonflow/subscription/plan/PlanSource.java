package dev.wonflow.subscription.plan;

/** Who said something about a plan. Stored by name, so renaming a constant needs a migration. */
public enum PlanSource {
    /** The settings, at a start of the service. */
    CONFIGURATION,
    /** An operator; from then on the settings do not change the plan. */
    API
}
