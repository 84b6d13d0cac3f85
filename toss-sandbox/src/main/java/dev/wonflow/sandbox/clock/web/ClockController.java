package dev.wonflow.sandbox.clock.web;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.clock.Schedule;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Reads and moves the clock. */
@RestController
@RequestMapping("/control/clock")
class ClockController {

    /** More than any deadline of Toss, and far from where dates stop being dates. */
    private static final Duration LONGEST_STEP = Duration.ofDays(3660);

    /** After it a year has more than four digits, which no format of Toss knows. */
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private final SandboxClock clock;
    private final Schedule schedule;

    ClockController(SandboxClock clock, Schedule schedule) {
        this.clock = clock;
        this.schedule = schedule;
    }

    record Advance(@Nullable Duration by, @Nullable Instant to) {}

    /**
     * The time.
     *
     * @param ahead how far it is ahead of the machine, which other processes of the machine can follow to the
     *     nanosecond
     */
    record Time(Instant now, Duration ahead) {}

    @GetMapping
    Time now() {
        return new Time(clock.instant(), clock.ahead());
    }

    @PostMapping("/advance")
    Time advance(@RequestBody Advance request) {
        Duration by = step(request);
        if (!by.isPositive() || by.compareTo(LONGEST_STEP) > 0) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "by: " + by + " (expected: more than zero, at most " + LONGEST_STEP + ")");
        }
        if (clock.instant().plus(by).isAfter(LAST)) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "to: " + clock.instant().plus(by) + " (expected: at most " + LAST + ")");
        }
        schedule.advance(by);
        return now();
    }

    private Duration step(Advance request) {
        Duration by = request.by();
        Instant to = request.to();
        if (by != null && to == null) {
            return by;
        }
        if (to != null && by == null) {
            return Duration.between(clock.instant(), to);
        }
        throw new ResponseStatusException(
                HttpStatus.BAD_REQUEST, "by and to: " + (by == null ? "neither" : "both") + " (expected: one of them)");
    }
}
