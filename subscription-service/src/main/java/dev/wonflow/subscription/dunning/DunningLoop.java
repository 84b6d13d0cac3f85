package dev.wonflow.subscription.dunning;

import dev.wonflow.subscription.renewal.StepLoop;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Follows declined invoices, and looks soon when one was declined. */
final class DunningLoop extends StepLoop {

    private static final Duration LONG = Duration.ofDays(1);

    /** During a run some of each poll are declined, and most of them are judged later than this. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final RunDunning run;

    DunningLoop(RunDunning run, Duration poll, Clock clock) {
        super("dunning", poll, clock);
        this.run = run;
    }

    @Override
    public void answered(int answered, int failed) {
        if (failed > 0) {
            wakeIn(SOON);
        }
    }

    @Override
    protected Optional<Duration> step() {
        return switch (run.step()) {
            case RunDunning.Step.Done _ -> Optional.empty();
            case RunDunning.Step.Idle(Duration yet) -> Optional.of(yet);
            case RunDunning.Step.Stopped _ -> Optional.of(LONG);
        };
    }
}
