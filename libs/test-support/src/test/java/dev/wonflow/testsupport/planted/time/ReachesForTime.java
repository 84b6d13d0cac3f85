package dev.wonflow.testsupport.planted.time;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.Supplier;

/** Each way to reach for time or an id, and two ways to be given it. */
final class ReachesForTime {

    Instant instant() {
        return Instant.now();
    }

    Supplier<Instant> reference() {
        return Instant::now;
    }

    LocalDate today() {
        return LocalDate.now(ZoneId.of("Asia/Seoul"));
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    long millis() {
        return System.currentTimeMillis();
    }

    UUID id() {
        return UUID.randomUUID();
    }

    LocalDate givenDate(Clock clock) {
        return LocalDate.now(clock);
    }

    Instant givenInstant(Clock clock) {
        return clock.instant();
    }
}
