package dev.wonflow.runtime;

import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** Reads and moves the clock of this process. */
@Endpoint(id = "clock")
final class ClockEndpoint {

    private final MovableClock clock;

    ClockEndpoint(MovableClock clock) {
        this.clock = clock;
    }

    /**
     * The time.
     *
     * @param ahead how far it is ahead of the machine
     */
    record Reading(Instant now, Duration ahead) {}

    @ReadOperation
    Reading read() {
        return new Reading(clock.instant(), clock.ahead());
    }

    /** Says how far ahead of the machine the clock is; saying it twice is harmless. */
    @WriteOperation
    Reading move(Duration ahead) {
        try {
            clock.moveTo(ahead);
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            throw new InvalidEndpointRequestException(why, why, e);
        }
        return read();
    }
}
