package dev.wonflow.subscription.renewal;

import dev.wonflow.subscription.charge.ChargeListener;
import dev.wonflow.work.SystemAlarm;
import dev.wonflow.work.WorkLook;
import dev.wonflow.work.WorkLoop;
import dev.wonflow.work.WorkSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;

/** Takes steps for as long as there is something to do, and then rests until there is, on a thread of its own. */
public abstract class StepLoop implements SmartLifecycle, ChargeListener {

    private static final Duration FAILURE_MEMORY = Duration.ofSeconds(10);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final SystemAlarm alarm = new SystemAlarm();
    private final Duration poll;
    private final WorkLoop<StepLoop> loop;

    /**
     * Creates one that rests until it is started.
     *
     * @param name of its thread
     * @param poll longest rest
     */
    protected StepLoop(String name, Duration poll, Clock clock) {
        this.poll = poll;
        this.loop = new WorkLoop<>(
                name, new Steps(), new WorkLoop.Settings(1, 0, poll, FAILURE_MEMORY, STOP_PATIENCE), clock, alarm);
    }

    /**
     * Takes a step.
     *
     * @return how long to rest, at most; empty if something was done, and there may be more
     */
    protected abstract Optional<Duration> step();

    /** Has it look now, as after a clock was moved. */
    public final void wake() {
        alarm.set(Duration.ZERO);
    }

    /** Has it look once so much time has passed, or before. */
    protected final void wakeIn(Duration delay) {
        alarm.set(delay);
    }

    @Override
    public final void start() {
        loop.start();
    }

    @Override
    public final void stop() {
        loop.stop();
    }

    @Override
    public final boolean isRunning() {
        return loop.isRunning();
    }

    /** The steps are taken by the one who looks; there is nothing for workers. */
    private final class Steps implements WorkSource<StepLoop> {

        @Override
        public WorkLook<StepLoop> look(int room) {
            return step().<WorkLook<StepLoop>>map(
                            rest -> new WorkLook.Nothing<>(rest.compareTo(poll) < 0 ? rest : poll))
                    .orElseGet(() -> new WorkLook.Found<>(List.of()));
        }

        @Override
        public void take(StepLoop none) {}

        @Override
        public void giveBack(List<StepLoop> none) {}
    }
}
