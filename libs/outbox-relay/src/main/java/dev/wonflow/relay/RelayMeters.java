package dev.wonflow.relay;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;

/** The relay's meters. All read what is known already; none asks the database. */
final class RelayMeters implements MeterBinder {

    private final RelayStatus status;
    private final Duration normalAge;

    RelayMeters(RelayStatus status, Duration normalAge) {
        this.status = status;
        this.normalAge = normalAge;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "wonflow.relay.oldest.unpublished.age",
                        status,
                        relay -> seconds(relay.oldestUnpublishedAge(normalAge)))
                .baseUnit("seconds")
                .description("Age of the oldest event that may be unpublished")
                .register(registry);
        Gauge.builder("wonflow.relay.heartbeat.age", status, relay -> seconds(relay.heartbeatAge()))
                .baseUnit("seconds")
                .description("Age of the last heartbeat that came through")
                .register(registry);
        Gauge.builder("wonflow.relay.slot.lag", status, RelayStatus::slotLagBytes)
                .baseUnit("bytes")
                .description("Write-ahead log that PostgreSQL keeps for the slot")
                .register(registry);
        Gauge.builder("wonflow.relay.active", status, relay -> relay.role() == RelayStatus.Role.ACTIVE ? 1 : 0)
                .description("1 while this instance holds the slot")
                .register(registry);
        FunctionCounter.builder("wonflow.relay.events.sent", status, relay -> relay.eventsSent.sum())
                .description("Events of the log that Kafka acknowledged")
                .register(registry);
        FunctionCounter.builder("wonflow.relay.events.republished", status, relay -> relay.eventsRepublished.sum())
                .description("Events sent from the table because the log could not bring them")
                .register(registry);
        FunctionCounter.builder("wonflow.relay.restarts", status, relay -> relay.restarts.get())
                .description("Failures after which the relay started anew")
                .register(registry);
        FunctionCounter.builder("wonflow.relay.incidents", status, relay -> relay.incidents.get())
                .description("Times the slot could not be trusted and was made anew")
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
