package dev.wonflow.payment.payment.jdbc;

import dev.wonflow.payment.payment.StatusCheckProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gauges to alert on: how many payments have no known outcome, and for how long the oldest has had none. */
@Component
class UnknownPaymentMetrics implements MeterBinder {

    /** After the window nothing is taken any more, however long it stays unknown. */
    private static final String OLDEST_CONFIRMABLE = """
        SELECT min(started_at) FROM payment JOIN payment_attempt USING (payment_key)
        WHERE payment.status IN ('CONFIRMING', 'UNKNOWN') AND started_at > :from
        """;

    private final JdbcClient jdbc;
    private final StatusCheckProperties settings;
    private final Clock clock;

    UnknownPaymentMetrics(JdbcClient jdbc, StatusCheckProperties settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
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
        Gauge.builder("wonflow.confirm.open.age", this, UnknownPaymentMetrics::oldestConfirmableSeconds)
                .description("Age of the oldest attempt that is open and can still be confirmed at Toss")
                .baseUnit("seconds")
                .register(meters);
    }

    private double oldestConfirmableSeconds() {
        Instant now = clock.instant();
        return jdbc.sql(OLDEST_CONFIRMABLE)
                .param("from", now.minus(settings.confirmWindow()).atOffset(ZoneOffset.UTC))
                .query((row, _) -> age(row.getObject(1, OffsetDateTime.class), now))
                .single();
    }

    private static double age(@Nullable OffsetDateTime since, Instant now) {
        return since == null ? 0 : Duration.between(since.toInstant(), now).toMillis() / 1_000d;
    }

    private double count() {
        return jdbc.sql("SELECT count(*) FROM payment WHERE status = 'UNKNOWN'")
                .query(Long.class)
                .single();
    }

    private double oldestSeconds() {
        return jdbc.sql("SELECT min(changed_at) FROM payment WHERE status IN ('CONFIRMING', 'UNKNOWN')")
                .query((row, _) -> age(row.getObject(1, OffsetDateTime.class), clock.instant()))
                .single();
    }
}
