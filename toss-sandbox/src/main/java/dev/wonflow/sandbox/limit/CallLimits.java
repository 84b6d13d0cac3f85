package dev.wonflow.sandbox.limit;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Counts calls on the sandbox clock. Safe for use by many threads. */
@Component
public class CallLimits {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private record Caller(String secretKey, String operation) {}

    private record SameCall(String secretKey, String call) {}

    /** When each caller called within the last minute, oldest first. Guarded by this. */
    private final Map<Caller, Deque<Instant>> recent = new HashMap<>();

    /** When each call was last made, the longest ago first. Guarded by this. */
    private final LinkedHashMap<SameCall, Instant> lastMade = new LinkedHashMap<>();

    private final LimitSettings settings;
    private final Clock clock;

    CallLimits(LimitSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Counts a call.
     *
     * @param operation one of the few names there are for operations
     * @throws Refused if there were too many in the last minute; a refused call counts for nothing
     */
    public void count(String secretKey, String operation) {
        if (settings.perMinute() > 0) {
            countInTurn(new Caller(secretKey, operation));
        }
    }

    private synchronized void countInTurn(Caller caller) {
        Instant now = clock.instant();
        Deque<Instant> calls = recent.computeIfAbsent(caller, _ -> new ArrayDeque<>());
        if (!calls.isEmpty() && calls.getLast().isAfter(now)) {
            // The clock was put back: those calls have not happened.
            calls.clear();
        }
        while (!calls.isEmpty() && !calls.getFirst().plus(MINUTE).isAfter(now)) {
            calls.removeFirst();
        }
        if (calls.size() >= settings.perMinute()) {
            throw new Refused(TossError.TOO_MANY_REQUESTS);
        }
        calls.addLast(now);
    }

    /**
     * Takes note of a call that must not come twice in a row.
     *
     * @param call what makes it the same call
     * @throws Refused if it came just before
     */
    public void notTwice(String secretKey, String call) {
        if (settings.sameCallWithin().isPositive()) {
            notTwiceInTurn(new SameCall(secretKey, call));
        }
    }

    private synchronized void notTwiceInTurn(SameCall call) {
        Instant now = clock.instant();
        Map.Entry<SameCall, Instant> latest = lastMade.lastEntry();
        if (latest != null && latest.getValue().isAfter(now)) {
            // The clock was put back, as above.
            lastMade.clear();
        }
        Iterator<Instant> longestAgoFirst = lastMade.values().iterator();
        while (longestAgoFirst.hasNext()
                && !longestAgoFirst.next().plus(settings.sameCallWithin()).isAfter(now)) {
            longestAgoFirst.remove();
        }
        if (lastMade.putIfAbsent(call, now) != null) {
            throw new Refused(TossError.FORBIDDEN_CONSECUTIVE_REQUEST);
        }
    }
}
