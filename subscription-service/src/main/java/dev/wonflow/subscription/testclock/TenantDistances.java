package dev.wonflow.subscription.testclock;

import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** How far tenants are ahead, kept for the next start. */
public interface TenantDistances {

    /** All tenants that were moved. */
    Map<TenantId, Duration> all();

    /** Keeps a distance, in whole microseconds. */
    void keep(TenantId tenant, Duration ahead, Instant now);
}
