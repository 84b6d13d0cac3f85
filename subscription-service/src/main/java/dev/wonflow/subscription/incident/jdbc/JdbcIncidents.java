package dev.wonflow.subscription.incident.jdbc;

import dev.wonflow.subscription.incident.Incident;
import dev.wonflow.subscription.incident.Incidents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Incidents in the table {@code incident}, and in the log, where an alert can see them. */
@Component
class JdbcIncidents implements Incidents {

    private static final Logger log = LoggerFactory.getLogger(JdbcIncidents.class);

    private final JdbcClient jdbc;
    private final MeterRegistry meters;

    JdbcIncidents(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.meters = meters;
    }

    @Override
    public void report(Incident incident) {
        int recorded = jdbc.sql("""
                INSERT INTO incident (payment_id, kind, order_id, tenant_id, plan, detail, occurred_at)
                VALUES (:paymentId, :kind, :orderId, :tenantId, :plan, :detail, :occurredAt)
                ON CONFLICT DO NOTHING
                """)
                .param("paymentId", incident.paymentId())
                .param("kind", incident.kind().name())
                .param("orderId", incident.orderId())
                .param("tenantId", incident.tenantId().value())
                .param("plan", incident.plan())
                .param("detail", incident.detail())
                .param("occurredAt", incident.at().atOffset(ZoneOffset.UTC))
                .update();
        if (recorded == 1) {
            log.error(
                    "Payment {} of tenant {} needs a person: {}, {}",
                    incident.paymentId(),
                    incident.tenantId(),
                    incident.kind(),
                    incident.detail());
            Counter.builder("wonflow.subscription.incidents")
                    .description("Payments that need a person")
                    .tag("kind", incident.kind().name())
                    .register(meters)
                    .increment();
        }
    }
}
