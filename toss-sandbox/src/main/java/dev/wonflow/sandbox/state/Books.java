package dev.wonflow.sandbox.state;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.clock.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/** All books of the sandbox together, copied and put back between two calls and between two tasks. */
@Component
public class Books {

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
     * Copies everything.
     *
     * @throws IllegalStateException if calls under way do not end
     */
    public Copy copy() {
        AtomicReference<Copy> copy = new AtomicReference<>();
        schedule.betweenTasks(() -> gate.closed(() -> {
            Map<String, Record> states = new TreeMap<>();
            parts.forEach(kept -> states.put(kept.stateName(), kept.state()));
            copy.set(new Copy(clock.instant(), clock.ahead(), states));
        }));
        return copy.get();
    }

    /**
     * Puts everything back and sets the clock. What was planned is forgotten; the books plan anew. A part the copy does
     * not know stays as it is.
     *
     * @param at time of the sandbox from now on
     * @throws IllegalStateException if calls under way do not end
     */
    public void putBack(Copy copy, Instant at) {
        schedule.betweenTasks(() -> gate.closed(() -> {
            gate.startEra();
            schedule.startOver(at);
            parts.forEach(kept -> restore(kept, copy));
        }));
    }

    private static <S extends Record> void restore(Kept<S> kept, Copy copy) {
        Record state = copy.parts().get(kept.stateName());
        if (state != null) {
            kept.restore(kept.stateType().cast(state));
        }
    }
}
