package dev.wonflow.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** Another clock plus what this one was moved ahead of it. Thread-safe; clocks made by {@link #withZone} move along. */
final class MovableClock extends Clock {

    /** Ten years: more than any deadline, and far from where dates stop being dates. */
    static final Duration FARTHEST = Duration.ofDays(3_660);

    private final Clock base;
    private final AtomicReference<Duration> ahead;

    /**
     * Creates it.
     *
     * @throws IllegalArgumentException as {@link #moveTo}
     */
    MovableClock(Clock base, Duration ahead) {
        this(base, new AtomicReference<>(checked(ahead)));
    }

    private MovableClock(Clock base, AtomicReference<Duration> ahead) {
        this.base = base;
        this.ahead = ahead;
    }

    Duration ahead() {
        return ahead.get();
    }

    /**
     * Says how far ahead of the machine this clock is from now on; negative is behind it. Less than before moves it
     * back.
     *
     * @throws IllegalArgumentException if it is farther than {@link #FARTHEST} either way
     */
    void moveTo(Duration aheadOfMachine) {
        ahead.set(checked(aheadOfMachine));
    }

    private static Duration checked(Duration ahead) {
        if (ahead.abs().compareTo(FARTHEST) > 0) {
            throw new IllegalArgumentException(
                    "ahead: " + ahead + " (expected: " + FARTHEST.negated() + " to " + FARTHEST + ")");
        }
        return ahead;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new MovableClock(base.withZone(zone), ahead);
    }
}
