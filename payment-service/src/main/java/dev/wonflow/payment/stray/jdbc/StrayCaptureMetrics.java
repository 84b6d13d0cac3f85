package dev.wonflow.payment.stray.jdbc;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gauges to alert on: what Toss still holds that counts for no order, and for how long. */
@Component
class StrayCaptureMetrics implements MeterBinder {

    private static final String HELD = """
        SELECT coalesce(sum(amount_won), 0) FROM stray_capture WHERE status IN ('FOUND', 'UNKNOWN', 'LEFT')
        """;
    private static final String OLDEST = """
        SELECT min(found_at) FROM stray_capture WHERE status IN ('FOUND', 'UNKNOWN', 'LEFT')
        """;

    private final JdbcClient jdbc;
    private final Clock clock;

    StrayCaptureMetrics(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("wonflow.stray.held", this, StrayCaptureMetrics::heldWon)
                .description("What Toss holds and counts for no order, in won")
                .register(meters);
        Gauge.builder("wonflow.stray.age", this, StrayCaptureMetrics::oldestSeconds)
                .description("Age of the oldest money that counts for no order and has not gone back")
                .baseUnit("seconds")
                .register(meters);
    }

    private double heldWon() {
        return jdbc.sql(HELD).query(Long.class).single();
    }

    private double oldestSeconds() {
        return jdbc.sql(OLDEST)
                .query((row, _) -> {
                    OffsetDateTime since = row.getObject(1, OffsetDateTime.class);
                    return since == null
                            ? 0
                            : Duration.between(since.toInstant(), clock.instant())
                                            .toMillis()
                                    / 1_000d;
                })
                .single();
    }
}
