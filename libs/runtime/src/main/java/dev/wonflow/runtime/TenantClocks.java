package dev.wonflow.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What time it is for each tenant. It is the service's time for all of them, except where a tenant was moved ahead of
 * the others to try what becomes of it; that is possible only where the service's own clock can be moved, and so never
 * where money is real. Whatever belongs to one tenant takes its time from here; what belongs to nobody, such as a lease
 * or a pause between two calls, from the {@link Clock}.
 */
public interface TenantClocks {

    /** The tenant's clock; it moves when the tenant is moved. */
    Clock of(TenantId tenant);

    /** The tenant's time. */
    default Instant now(TenantId tenant) {
        return of(tenant).instant();
    }

    /** How far tenants are ahead of the service's time; those that are not there have it. Empty in production. */
    Map<TenantId, Duration> moved();

    /** One time for all tenants, for good. */
    static TenantClocks allAt(Clock clock) {
        return new TenantClocks() {

            @Override
            public Clock of(TenantId tenant) {
                return clock;
            }

            @Override
            public Map<TenantId, Duration> moved() {
                return Map.of();
            }
        };
    }
}
