package dev.wonflow.subscription.testclock;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;

/** What of a tenant is due or under way, for whoever moves its time. */
public interface TenantDues {

    /** What there is at one moment: nothing ends, or becomes due, between the two halves of it. */
    Dues of(TenantId tenant);

    /**
     * What there is.
     *
     * @param at moments at which something of the tenant is due, by its time, the first first
     * @param underWay how much of the tenant has been asked for and not ended
     */
    record Dues(List<Instant> at, int underWay) {

        public Dues {
            at = List.copyOf(at);
        }
    }
}
