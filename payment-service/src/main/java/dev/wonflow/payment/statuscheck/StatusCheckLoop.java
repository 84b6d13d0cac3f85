package dev.wonflow.payment.statuscheck;

import dev.wonflow.payment.payment.StatusCheckProperties;
import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.work.Alarm;
import dev.wonflow.work.WorkLook;
import dev.wonflow.work.WorkLoop;
import dev.wonflow.work.WorkSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/** Drives {@link CheckPayments} for as long as the service runs: one question for each free worker. */
@Service
public final class StatusCheckLoop implements SmartLifecycle {

    private static final String NAME = "payment-status-check";

    /** Most calls are over by then; what is cut short is repeated when its lease ends. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final WorkLoop<CheckPayments.Turn> loop;

    StatusCheckLoop(
            CheckPayments checkPayments, StatusCheckProperties properties, Clock clock, Alarm alarm, Trace trace) {
        // What still fails is tried again within the longest delay; without a second failure by then it is over.
        Duration failureMemory = properties.maxDelay().multipliedBy(2);
        this.loop = new WorkLoop<>(
                NAME,
                new Questions(checkPayments, trace),
                new WorkLoop.Settings(properties.atOnce(), 0, properties.pollInterval(), failureMemory, STOP_PATIENCE),
                clock,
                alarm);
    }

    /** When the next status check was last looked for with success. */
    public Instant lastLookAt() {
        return loop.lastLookAt();
    }

    /** What has been wrong for longer than {@code limit}: nobody looks, or all that is tried fails. */
    public Optional<String> troubleLongerThan(Duration limit) {
        return loop.troubleLongerThan(limit);
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    /** One at a time, for each has to be granted by the quota before it is claimed. */
    private record Questions(CheckPayments checkPayments, Trace trace) implements WorkSource<CheckPayments.Turn> {

        @Override
        public WorkLook<CheckPayments.Turn> look(int room) {
            return switch (checkPayments.look()) {
                case CheckPayments.Look.Found(CheckPayments.Turn turn) -> new WorkLook.Found<>(List.of(turn));
                case CheckPayments.Look.Busy() -> new WorkLook.Busy<>();
                case CheckPayments.Look.Nothing(Duration yet) -> new WorkLook.Nothing<>(yet);
            };
        }

        @Override
        public void take(CheckPayments.Turn turn) {
            trace.resume(turn.check().cause(), NAME, () -> checkPayments.take(turn));
        }

        @Override
        public void giveBack(List<CheckPayments.Turn> turns) {
            turns.forEach(checkPayments::giveBack);
        }
    }
}
