package dev.wonflow.work;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: twice as long each time, up to a limit. It answers for any number of attempts, since that
 * number is in the database and the next attempt may be another instance's.
 *
 * @param first after the first failure
 * @param longest never exceeded
 */
public record WorkBackOff(Duration first, Duration longest) {

    public WorkBackOff {
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "first: " + first + ", longest: " + longest + " (expected: more than 0, and not less than first)");
        }
    }

    /** After so many failures before this one. */
    public Duration after(int failures) {
        // 2^20 times any first delay is beyond any maximum; the bound keeps the shift exact.
        Duration delay = first.multipliedBy(1L << Math.min(failures, 20));
        return delay.compareTo(longest) > 0 ? longest : delay;
    }

    /** The same, with up to half left off by chance, or all that failed together would come back so. */
    public Duration after(int failures, RandomGenerator random) {
        Duration whole = after(failures);
        return whole.minusMillis(random.nextLong(whole.toMillis() / 2 + 1));
    }
}
