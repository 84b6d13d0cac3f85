package dev.wonflow.runtime;

import java.time.Instant;
import java.util.List;

/** What is going to happen to a tenant, before its time is moved. */
@FunctionalInterface
public interface TenantForecast {

    /** What happens up to a moment if nobody does anything, the first first; bounded. */
    List<Expected> of(TenantId tenant, Instant until);

    /**
     * Something that is going to happen.
     *
     * @param what in words
     */
    record Expected(Instant at, String what) {}
}
