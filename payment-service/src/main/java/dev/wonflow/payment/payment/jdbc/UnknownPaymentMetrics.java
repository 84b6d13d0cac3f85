package dev.wonflow.payment.payment.jdbc;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gauges to alert on: how many payments have no known outcome, and for how long the oldest has had none. */
@Component
class UnknownPaymentMetrics implements MeterBinder {

    private final JdbcClient jdbc;
    private final Clock clock;

    UnknownPaymentMetrics(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("wonflow.payment.unknown", this, UnknownPaymentMetrics::count)
                .description("Payments whose outcome at Toss is not known")
                .register(meters);
        Gauge.builder("wonflow.payment.unknown.age", this, UnknownPaymentMetrics::oldestSeconds)
                .description("Age of the oldest payment whose outcome is not known, or still being confirmed")
                .baseUnit("seconds")
                .register(meters);
    }

    private double count() {
        return jdbc.sql("SELECT count(*) FROM payment WHERE status = 'UNKNOWN'")
                .query(Long.class)
                .single();
    }

    private double oldestSeconds() {
        return jdbc.sql("SELECT min(changed_at) FROM payment WHERE status IN ('CONFIRMING', 'UNKNOWN')")
                .query((row, _) -> row.getObject(1, OffsetDateTime.class) == null
                        ? 0.0
                        : Duration.between(
                                                row.getObject(1, OffsetDateTime.class)
                                                        .toInstant(),
                                                clock.instant())
                                        .toMillis()
                                / 1_000d)
                .single();
    }
}
