package dev.wonflow.runtime.trace;

import java.util.Optional;

/** The trace the work of the current thread belongs to. */
public interface Trace {

    /** What to send along with what this work causes; empty outside any trace. */
    Optional<Traceparent> current();

    /**
     * Does work as part of the trace that caused it.
     *
     * @param cause what came along; work without one begins a trace where someone records them, and has none elsewhere
     * @param name of this step, such as that of the consumer
     */
    void resume(Optional<Traceparent> cause, String name, Runnable work);

    /** Where nobody records traces: what comes along is passed on as it is. */
    static Trace passedOn() {
        return new PassedOnTrace();
    }
}
