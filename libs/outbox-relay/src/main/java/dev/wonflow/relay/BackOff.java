package dev.wonflow.relay;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts: doubling up to a limit, each shortened at random so that instances do not march in step. */
final class BackOff {

    private final Duration initial;
    private final Duration max;
    private final RandomGenerator random;
    private Duration next;

    BackOff(Duration initial, Duration max, RandomGenerator random) {
        this.initial = initial;
        this.max = max;
        this.random = random;
        this.next = initial;
    }

    /** Answers the pause before the next attempt: between half of the step and all of it. */
    Duration next() {
        Duration step = next;
        Duration doubled = step.multipliedBy(2);
        next = doubled.compareTo(max) > 0 ? max : doubled;
        long half = step.toNanos() / 2;
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }

    void reset() {
        next = initial;
    }
}
