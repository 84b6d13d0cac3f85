package dev.wonflow.subscription.renewal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The time from when something was due until nothing was.
 *
 * @param due subscriptions that had something to do when it started; others become due meanwhile
 * @param claimed subscriptions for which it was done
 */
public record RenewalRun(
        UUID id, Instant startedAt, @Nullable Instant endedAt, long due, long claimed) {

    static RenewalRun started(UUID id, long due, Instant now) {
        return new RenewalRun(id, now, null, due, 0);
    }

    RenewalRun claimed(int more) {
        return new RenewalRun(id, startedAt, endedAt, due, claimed + more);
    }

    RenewalRun ended(Instant now) {
        return new RenewalRun(id, startedAt, now, due, claimed);
    }
}
