package dev.wonflow.runtime;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is done again and again still succeeds. Only a success makes it fresh; neither being tried nor being
 * alive does. Time is real: a clock that was moved makes nothing stale. Thread-safe.
 */
public final class LastSuccess {

    private static final int LONGEST_TEXT = 300;

    private final Duration limit;
    private final LongSupplier nanoTime;
    private volatile long lastNanos;
    private volatile @Nullable Throwable failure;

    /**
     * Creates one that counts as fresh from now on.
     *
     * @param limit age from which the last success is too old
     */
    public LastSuccess(Duration limit) {
        this(limit, System::nanoTime);
    }

    LastSuccess(Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong();
    }

    public void succeeded() {
        lastNanos = nanoTime.getAsLong();
        failure = null;
    }

    public void failed(Throwable cause) {
        failure = cause;
    }

    public Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - lastNanos);
    }

    /** What is wrong, with the last failure if there was one; empty while the last success is young enough. */
    public Optional<String> trouble() {
        Duration age = age();
        if (age.compareTo(limit) <= 0) {
            return Optional.empty();
        }
        Throwable last = failure;
        String why = last == null ? "no run has ended since" : last.toString();
        return Optional.of("no success for " + age.truncatedTo(ChronoUnit.SECONDS) + ": "
                + (why.length() <= LONGEST_TEXT ? why : why.substring(0, LONGEST_TEXT)));
    }
}
