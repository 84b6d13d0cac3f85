package dev.wonflow.sandbox.fault;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.error.TossError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The faults that are armed, in the order they were. Each strikes its number of calls and is gone. */
@Component
public class Faults {

    /** More than anybody arms by hand; a script that never stops arming is told. */
    private static final int MOST_ARMED = 1_000;

    private final IdSource ids;
    private final List<Fault> armed = new ArrayList<>();

    Faults(IdSource ids) {
        this.ids = ids;
    }

    /**
     * Arms a fault.
     *
     * @throws IllegalArgumentException if {@code times} is not positive
     * @throws IllegalStateException if too many are armed already
     */
    public synchronized Fault arm(
            Fault.Operation operation, Fault.Kind kind, @Nullable TossError code, @Nullable String orderId, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("times: " + times + " (expected: >= 1)");
        }
        if (armed.size() >= MOST_ARMED) {
            throw new IllegalStateException("faults: " + armed.size() + " armed (expected: fewer than " + MOST_ARMED
                    + "; DELETE /control/faults disarms all)");
        }
        Fault fault = new Fault(ids.next(), operation, kind, code, orderId, times);
        armed.add(fault);
        return fault;
    }

    /** Takes one stroke of the first fault that fits. */
    public synchronized Optional<Fault> strike(Fault.Operation operation, Fault.Kind kind, String orderId) {
        for (int i = 0; i < armed.size(); i++) {
            Fault fault = armed.get(i);
            if (fault.strikes(operation, kind, orderId)) {
                Fault spent = fault.spent();
                if (spent.times() == 0) {
                    armed.remove(i);
                } else {
                    armed.set(i, spent);
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    public synchronized List<Fault> armed() {
        return List.copyOf(armed);
    }

    public synchronized void disarmAll() {
        armed.clear();
    }
}
