package dev.wonflow.runtime.trace;

import java.util.Optional;

/** Takes no part in traces, but does not break them either. */
final class PassedOnTrace implements Trace {

    private static final ScopedValue<Traceparent> CAUSE = ScopedValue.newInstance();

    @Override
    public Optional<Traceparent> current() {
        return CAUSE.isBound() ? Optional.of(CAUSE.get()) : Optional.empty();
    }

    @Override
    public void resume(Optional<Traceparent> cause, String name, Runnable work) {
        if (cause.isPresent()) {
            ScopedValue.where(CAUSE, cause.get()).run(work);
        } else {
            work.run();
        }
    }
}
