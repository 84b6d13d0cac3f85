package dev.wonflow.subscription.entitlement;

/** Where changed entitlements are told. */
@FunctionalInterface
public interface EntitlementEvents {

    /** Publishes in the caller's transaction. */
    void changed(Entitlements.Told told);
}
