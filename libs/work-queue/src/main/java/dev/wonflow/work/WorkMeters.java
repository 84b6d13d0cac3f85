package dev.wonflow.work;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Gauges of what there is to do, by kind. The table is read once for all gauges of a scrape. */
final class WorkMeters {

    /** What one scrape reads stays good for all its gauges. */
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final WorkTable table;
    private final MeterRegistry meters;
    private final Clock clock;
    private @Nullable Reading reading;

    private record Reading(long at, Map<String, WorkTable.Backlog> backlogs, Map<String, String> paused) {}

    WorkMeters(WorkTable table, MeterRegistry meters, Clock clock) {
        this.table = table;
        this.meters = meters;
        this.clock = clock;
    }

    void watch(WorkKind kind) {
        gauge(kind, "wonflow.work.planned", "Items planned, due or not", WorkTable.Backlog::planned);
        gauge(kind, "wonflow.work.due", "Items whose date has come", WorkTable.Backlog::due);
        gauge(kind, "wonflow.work.leased", "Items being worked on", WorkTable.Backlog::leased);
        gauge(kind, "wonflow.work.oldest.age", "Seconds the oldest due item has waited for a worker", this::age);
        Gauge.builder("wonflow.work.paused", this, all -> all.read().paused().containsKey(kind.name()) ? 1 : 0)
                .description("1 while nobody works on the kind")
                .tag("kind", kind.name())
                .register(meters);
    }

    private void gauge(WorkKind kind, String name, String what, ToDoubleFunction<WorkTable.Backlog> value) {
        Gauge.builder(
                        name,
                        this,
                        all -> value.applyAsDouble(
                                all.read().backlogs().getOrDefault(kind.name(), WorkTable.Backlog.EMPTY)))
                .description(what)
                .tag("kind", kind.name())
                .register(meters);
    }

    private double age(WorkTable.Backlog backlog) {
        Instant oldest = backlog.oldestDue();
        return oldest == null ? 0 : Duration.between(oldest, clock.instant()).toMillis() / 1_000d;
    }

    private synchronized Reading read() {
        Reading last = reading;
        if (last == null || System.nanoTime() - last.at() > FRESH_NANOS) {
            last = new Reading(System.nanoTime(), table.backlogs(), table.paused());
            reading = last;
        }
        return last;
    }
}
