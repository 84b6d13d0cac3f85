package dev.wonflow.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** With the tracer of OpenTelemetry, with one that does nothing, and with none. */
class TraceTest {

    private static final Traceparent CAUSE = Traceparent.parse(
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .orElseThrow();

    private final Tracer tracer =
            new OtelTracer(SdkTracerProvider.builder().build().get("test"), new OtelCurrentTraceContext(), _ -> {});

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TraceAutoConfiguration.class));

    @Test
    void without_a_tracer_what_came_along_is_passed_on_as_it_is() {
        service.withClassLoader(new FilteredClassLoader(Tracer.class)).run(context -> {
            Trace trace = context.getBean(Trace.class);

            assertThat(trace.current()).isEmpty();
            assertThat(placeWithin(trace, Optional.of(CAUSE))).contains(CAUSE);
            assertThat(placeWithin(trace, Optional.empty())).isEmpty();
            assertThat(trace.current()).isEmpty();
        });
    }

    @Test
    void with_a_tracer_that_does_nothing_it_is_passed_on_too() {
        service.run(context -> {
            assertThat(placeWithin(context.getBean(Trace.class), Optional.of(CAUSE)))
                    .contains(CAUSE);
            assertThat(placeWithin(context.getBean(Trace.class), Optional.empty()))
                    .isEmpty();
        });
    }

    @Test
    void with_a_tracer_the_trace_goes_on_with_a_new_parent() {
        service.withBean(Tracer.class, () -> tracer).run(context -> {
            Traceparent place = placeWithin(context.getBean(Trace.class), Optional.of(CAUSE))
                    .orElseThrow();

            assertThat(place.traceId()).isEqualTo(CAUSE.traceId());
            assertThat(place.parentId()).isNotEqualTo(CAUSE.parentId());
            assertThat(place.isSampled()).isTrue();
            assertThat(tracer.currentSpan()).isNull();
        });
    }

    @Test
    void with_a_tracer_work_that_nothing_caused_begins_a_trace() {
        Trace trace = new RecordedTrace(() -> tracer, Trace.passedOn());

        assertThat(placeWithin(trace, Optional.empty())).isPresent();
    }

    @Test
    void step_that_someone_has_begun_is_not_begun_again() {
        Trace trace = new RecordedTrace(() -> tracer, Trace.passedOn());
        Span span = tracer.nextSpan().start();

        try (Tracer.SpanInScope _ = tracer.withSpan(span)) {
            assertThat(placeWithin(trace, Optional.of(CAUSE)).orElseThrow().parentId())
                    .isEqualTo(span.context().spanId());
        }
    }

    @Test
    void work_that_fails_ends_its_step_and_says_why() {
        Trace trace = new RecordedTrace(() -> tracer, Trace.passedOn());

        assertThatThrownBy(() -> trace.resume(Optional.of(CAUSE), "test", () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(tracer.currentSpan()).isNull();
        assertThat(trace.current()).isEmpty();
    }

    private static Optional<Traceparent> placeWithin(Trace trace, Optional<Traceparent> cause) {
        List<Optional<Traceparent>> places = new ArrayList<>();
        trace.resume(cause, "test", () -> places.add(trace.current()));
        return places.getFirst();
    }
}
