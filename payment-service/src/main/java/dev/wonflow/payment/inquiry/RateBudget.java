package dev.wonflow.payment.inquiry;

import java.time.Duration;
import java.time.Instant;

/** Calls that may be made per minute; unused ones are saved up for at most a minute. Used by one thread. */
final class RateBudget {

    private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

    private final int perMinute;
    private double saved;
    private Instant filledAt;

    RateBudget(int perMinute, Instant now) {
        this.perMinute = perMinute;
        this.saved = perMinute;
        this.filledAt = now;
    }

    int available(Instant now) {
        Duration passed = Duration.between(filledAt, now);
        if (passed.isPositive()) {
            // Capped before the arithmetic: nanoseconds of a clock moved far ahead do not fit a long.
            Duration counted = passed.compareTo(Duration.ofMinutes(1)) > 0 ? Duration.ofMinutes(1) : passed;
            saved = Math.min(perMinute, saved + perMinute * (counted.toNanos() / NANOS_PER_MINUTE));
            filledAt = now;
        }
        return (int) saved;
    }

    void spend(int calls) {
        saved -= calls;
    }
}
