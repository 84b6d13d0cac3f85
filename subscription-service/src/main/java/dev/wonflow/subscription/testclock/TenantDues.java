package dev.wonflow.subscription.testclock;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;

/** What of a tenant is due or under way, for whoever moves its time. */
public interface TenantDues {

    /** Moments at which something of the tenant is due, by its time, the first first. */
    List<Instant> dues(TenantId tenant);

    /** How much of the tenant has been asked for and not ended. */
    int underWay(TenantId tenant);
}
