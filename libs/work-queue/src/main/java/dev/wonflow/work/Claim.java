package dev.wonflow.work;

import dev.wonflow.runtime.trace.Traceparent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An item that is this worker's until its lease ends.
 *
 * @param dueAt when it was to be done
 * @param cause where in which trace it was planned
 * @param attempt number of this claim; a later claim gets a higher one, and this claim changes nothing more
 * @param failures failed attempts in a row before this one
 * @param revision plan that was taken; a later one is not ended with it
 */
public record Claim(
        WorkKind kind,
        String id,
        @Nullable String key,
        int priority,
        Instant dueAt,
        @Nullable String payload,
        Optional<Traceparent> cause,
        long attempt,
        int failures,
        long revision) {

    /** Without the payload, which is not for the log. */
    @Override
    public String toString() {
        return kind.name() + " " + id + " (attempt " + attempt + ")";
    }
}
