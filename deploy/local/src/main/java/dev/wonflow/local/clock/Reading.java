package dev.wonflow.local.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one part of the stack says of its clock.
 *
 * @param time empty if it has none to show
 * @param instead why not; empty if it has
 */
public record Reading(String part, Optional<Time> time, String instead) {

    /**
     * A time.
     *
     * @param ahead how far it is ahead of the machine
     */
    public record Time(Instant now, Duration ahead) {}

    static Reading of(String part, Time time) {
        return new Reading(part, Optional.of(time), "");
    }

    static Reading none(String part, String why) {
        return new Reading(part, Optional.empty(), why);
    }

    /** Tells whether it shows a time other than the one all are to follow. */
    public boolean strays(Duration ahead) {
        return time.map(shown -> !shown.ahead().equals(ahead)).orElse(false);
    }
}
