package dev.wonflow.work;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells a failure now and then from one that goes on. Thread-safe. */
public final class FailureStreak {

    private static final int LONGEST_TEXT = 300;

    /** Failures since {@code since}, with no success between them. */
    record Failing(Instant since, Instant lastAt, Throwable last) {

        @Override
        public String toString() {
            String name = last.toString();
            return since + ": " + (name.length() <= LONGEST_TEXT ? name : name.substring(0, LONGEST_TEXT));
        }
    }

    private final Duration forgottenAfter;
    private final AtomicReference<@Nullable Failing> current = new AtomicReference<>();

    /**
     * Creates one without failures.
     *
     * @param forgottenAfter time without a further failure after which it counts as over, should no success follow
     */
    FailureStreak(Duration forgottenAfter) {
        this.forgottenAfter = forgottenAfter;
    }

    void failed(Throwable failure, Instant now) {
        current.updateAndGet(earlier -> earlier == null || isForgotten(earlier, now)
                ? new Failing(now, now, failure)
                : new Failing(earlier.since(), now, failure));
    }

    void ended() {
        current.set(null);
    }

    Optional<Failing> longerThan(Duration limit, Instant now) {
        return Optional.ofNullable(current.get())
                .filter(failing -> !isForgotten(failing, now))
                .filter(failing -> Duration.between(failing.since(), now).compareTo(limit) > 0);
    }

    private boolean isForgotten(Failing failing, Instant now) {
        return Duration.between(failing.lastAt(), now).compareTo(forgottenAfter) > 0;
    }
}
