package dev.wonflow.payment.gateway.toss;

import dev.wonflow.payment.gateway.Attempt;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;

/**
 * How old attempts are when a confirm of theirs has ended. Toss takes a confirm within 10 minutes of the buyer's
 * agreement, which comes shortly before the attempt.
 */
final class ConfirmAge {

    private static final Duration[] STEPS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(3),
        Duration.ofMinutes(5),
        Duration.ofMinutes(8),
        Duration.ofMinutes(10)
    };

    private final Timer ages;
    private final Clock clock;

    ConfirmAge(MeterRegistry meters, Clock clock) {
        this.ages = Timer.builder("wonflow.confirm.age")
                .description("Age of attempts at the end of each confirm; Toss takes none after 10 minutes")
                .serviceLevelObjectives(STEPS)
                .register(meters);
        this.clock = clock;
    }

    /** A confirm has ended, whether Toss answered or not. */
    void answered(Attempt attempt) {
        ages.record(Duration.between(attempt.startedAt(), clock.instant()));
    }
}
