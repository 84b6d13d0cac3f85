package dev.wonflow.subscription.dunning;

import java.util.List;

/** Who tells tenants. */
@FunctionalInterface
public interface DunningEvents {

    /** In the caller's transaction; each fact is told once. */
    void publish(List<DunningFact> facts);
}
