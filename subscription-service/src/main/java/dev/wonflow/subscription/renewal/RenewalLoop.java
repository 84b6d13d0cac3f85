package dev.wonflow.subscription.renewal;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Renews what is due, and goes on when enough of what is under way was answered. */
final class RenewalLoop extends StepLoop {

    private static final Duration LONG = Duration.ofDays(1);

    private final RunRenewals run;
    /** Answers that are still to come until a claim is worth it. */
    private final AtomicInteger awaited = new AtomicInteger();

    RenewalLoop(RunRenewals run, Duration poll, Clock clock) {
        super("renewal", poll, clock);
        this.run = run;
    }

    @Override
    public void answered(int answered, int failed) {
        if (awaited.addAndGet(-answered) <= 0) {
            wake();
        }
    }

    @Override
    protected Optional<Duration> step() {
        return switch (run.step()) {
            case RunRenewals.Step.Claimed _ -> Optional.empty();
            case RunRenewals.Step.Full(int answers) -> {
                awaited.set(answers);
                yield Optional.of(LONG);
            }
            case RunRenewals.Step.Idle(Duration yet) -> {
                // The last answer ends the run.
                awaited.set(1);
                yield Optional.of(yet);
            }
            case RunRenewals.Step.Stopped _ -> Optional.of(LONG);
        };
    }
}
