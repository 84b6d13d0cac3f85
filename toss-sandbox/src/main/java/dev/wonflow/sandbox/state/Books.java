package dev.wonflow.sandbox.state;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.clock.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/** All books of the sandbox together, copied and put back between two calls and between two tasks. */
@Component
public class Books {

    /** Longest to wait for the calls under way, in real time; a call that takes longer waits outside the gate. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The same when everything ends: who has not answered by now does not any more. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);

    /** For how long calls are kept out at first, and at last, while another is waited for. */
    private static final Duration SHORTEST_SHUT = Duration.ofMillis(10);

    private static final Duration LONGEST_SHUT = Duration.ofMillis(200);

    private static final int OPEN_TO_SHUT = 10;

    private final List<Kept<?>> parts;
    private final Schedule schedule;
    private final SandboxClock clock;
    private final Gate gate;

    Books(List<Kept<?>> parts, Schedule schedule, SandboxClock clock, Gate gate) {
        this.parts = List.copyOf(parts);
        this.schedule = schedule;
        this.clock = clock;
        this.gate = gate;
    }

    /**
     * Everything at one moment. Immutable, and it shares with the books what has not changed since.
     *
     * @param at time of the sandbox
     * @param ahead how far that was ahead of the machine
     * @param parts what each part of the books said, by the name of the part
     */
    public record Copy(Instant at, Duration ahead, Map<String, Record> parts) {

        public Copy {
            parts = Map.copyOf(parts);
        }
    }

    /** What a part is made of; empty if there is no such part. */
    public Optional<Class<? extends Record>> typeOf(String part) {
        return parts.stream()
                .filter(kept -> kept.stateName().equals(part))
                .<Class<? extends Record>>map(Kept::stateType)
                .findFirst();
    }

    /**
     * Copies everything: references only, for what they lead to never changes.
     *
     * @throws IllegalStateException if calls under way do not end
     */
    public Copy copy() {
        return copy(PATIENCE);
    }

    private Copy copy(Duration patience) {
        AtomicReference<Copy> copy = new AtomicReference<>();
        betweenCalls(patience, () -> copy.set(copyNow()));
        return copy.get();
    }

    /** Copies everything, in the middle of a call if that does not end. For the end, when there is no next time. */
    public Copy lastCopy() {
        try {
            return copy(LAST_PATIENCE);
        } catch (IllegalStateException _) {
            return copyNow();
        }
    }

    private Copy copyNow() {
        Map<String, Record> states = new TreeMap<>();
        parts.forEach(kept -> states.put(kept.stateName(), kept.state()));
        return new Copy(clock.instant(), clock.ahead(), states);
    }

    /**
     * Puts everything back and sets the clock. What was planned is forgotten; the books plan anew. A part the copy does
     * not know stays as it is.
     *
     * @param at time of the sandbox from now on
     * @throws IllegalStateException if calls under way do not end
     */
    public void putBack(Copy copy, Instant at) {
        betweenCalls(PATIENCE, () -> {
            gate.startEra();
            schedule.startOver(at);
            parts.forEach(kept -> restore(kept, copy));
        });
    }

    /**
     * Waits for a moment without calls, and makes one if none comes by itself. A call that hangs keeps this waiting,
     * and never the other calls for long: they have at least ten times as long as they are kept out.
     */
    private void betweenCalls(Duration patience, Runnable work) {
        long begin = System.nanoTime();
        AtomicBoolean done = new AtomicBoolean();
        Duration shut = SHORTEST_SHUT;
        gate.awaitQuiet(shut.multipliedBy(OPEN_TO_SHUT));
        while (true) {
            Duration longest = shut;
            schedule.betweenTasks(() -> done.set(gate.closed(longest, work)));
            if (done.get()) {
                return;
            }
            if (System.nanoTime() - begin > patience.toNanos()) {
                throw new IllegalStateException(
                        "books: in use for " + patience.toSeconds() + " seconds (expected: that calls end)");
            }
            gate.awaitQuiet(shut.multipliedBy(OPEN_TO_SHUT));
            shut = shut.compareTo(LONGEST_SHUT) < 0 ? shut.multipliedBy(2) : shut;
        }
    }

    private static <S extends Record> void restore(Kept<S> kept, Copy copy) {
        Record state = copy.parts().get(kept.stateName());
        if (state != null) {
            kept.restore(kept.stateType().cast(state));
        }
    }
}
