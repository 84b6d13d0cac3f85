package dev.wonflow.runtime;

import java.time.Duration;

/** Who is told that a tenant's time was moved. */
@FunctionalInterface
public interface TenantMoved {

    /**
     * Takes note, after the clock shows it and before whoever moved it is answered. What it throws puts the clock back.
     *
     * @param from how far the tenant was ahead before
     * @param to how far it is ahead now; the same as before if a move is repeated
     */
    void moved(TenantId tenant, Duration from, Duration to);
}
