package dev.wonflow.runtime.trace;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.Optional;
import java.util.function.Supplier;

/** Has the application's tracer record each step, whichever form its own propagation has. */
final class RecordedTrace implements Trace {

    private final Supplier<Tracer> tracer;
    private final Trace passedOn;

    /**
     * Creates it.
     *
     * @param tracer asked for when it is needed, since a tracer may be made late
     * @param passedOn for what the tracer does not know, as when it is switched off
     */
    RecordedTrace(Supplier<Tracer> tracer, Trace passedOn) {
        this.tracer = tracer;
        this.passedOn = passedOn;
    }

    @Override
    public Optional<Traceparent> current() {
        Span span = tracer.get().currentSpan();
        return span == null ? passedOn.current() : placeOf(span).or(passedOn::current);
    }

    @Override
    public void resume(Optional<Traceparent> cause, String name, Runnable work) {
        passedOn.resume(cause, name, () -> record(cause, name, work));
    }

    private void record(Optional<Traceparent> cause, String name, Runnable work) {
        if (tracer.get().currentSpan() != null) {
            // Someone has begun this step already, such as Spring's own observation of listeners.
            work.run();
            return;
        }
        Span.Builder builder =
                tracer.get().spanBuilder().kind(Span.Kind.CONSUMER).name(name);
        cause.ifPresentOrElse(at -> builder.setParent(context(at)), builder::setNoParent);
        Span span = builder.start();
        try (Tracer.SpanInScope _ = tracer.get().withSpan(span)) {
            work.run();
        } catch (RuntimeException | Error e) {
            span.error(e);
            throw e;
        } finally {
            span.end();
        }
    }

    private TraceContext context(Traceparent cause) {
        return tracer.get()
                .traceContextBuilder()
                .traceId(cause.traceId())
                .spanId(cause.parentId())
                .sampled(cause.isSampled())
                .build();
    }

    private static Optional<Traceparent> placeOf(Span span) {
        TraceContext at = span.context();
        return Traceparent.of(at.traceId(), at.spanId(), Boolean.TRUE.equals(at.sampled()));
    }
}
