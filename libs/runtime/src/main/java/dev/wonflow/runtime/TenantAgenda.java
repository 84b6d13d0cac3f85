package dev.wonflow.runtime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What of a tenant waits for time to go by, so that whoever moves its time can stop there. */
@FunctionalInterface
public interface TenantAgenda {

    /** What there is for the tenant at its present time. */
    Agenda of(TenantId tenant);

    /**
     * What there is.
     *
     * @param underWay how much goes on now, and should come to its end before time goes on
     * @param next the tenant's time at which something is due next; {@code null} if nothing waits
     */
    record Agenda(int underWay, @Nullable Instant next) {}
}
