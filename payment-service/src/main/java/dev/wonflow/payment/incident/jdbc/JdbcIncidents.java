package dev.wonflow.payment.incident.jdbc;

import dev.wonflow.payment.Text;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.incident.Incidents;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.ZoneOffset;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Incidents in PostgreSQL, in the log and as a counter. The log tells of one when it begins, not as long as it lasts.
 */
@Component
class JdbcIncidents implements Incidents {

    private static final Logger log = LoggerFactory.getLogger(JdbcIncidents.class);

    private static final String UPSERT = """
        INSERT INTO payment_incident AS incident (payment_id, kind, detail, first_at, last_at)
        VALUES (:payment, :kind, :detail, :at, :at)
        ON CONFLICT (payment_id, kind) DO UPDATE
        SET times = incident.times + 1, detail = excluded.detail, last_at = excluded.last_at
        RETURNING times
        """;

    private static final int MAX_DETAIL = 500;

    private final JdbcClient jdbc;
    private final MeterRegistry meters;

    JdbcIncidents(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.meters = meters;
    }

    @Override
    public void report(Incident incident) {
        String detail = incident.detail();
        long times = jdbc.sql(UPSERT)
                .param("payment", incident.paymentId().value())
                .param("kind", incident.kind().name())
                .param("detail", Text.cut(detail, MAX_DETAIL))
                .param("at", incident.at().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        meters.counter(
                        "wonflow.payment.incidents",
                        "kind",
                        incident.kind().name().toLowerCase(Locale.ROOT))
                .increment();
        if (times > 1) {
            log.info("Payment {}: {} for the {}. time: {}", incident.paymentId(), incident.kind(), times, detail);
            return;
        }
        switch (incident.kind()) {
            // A browser's doing; refused, so nobody has to act on one of them.
            case AMOUNT_TAMPERED, WINDOW_DIFFERS, KEY_UNKNOWN ->
                log.warn("Payment {}: {} {}", incident.paymentId(), incident.kind(), detail);
            case ANSWER_CONTRADICTS,
                    SECOND_CHARGE,
                    CHARGED_AFTER_END,
                    PAID_FOR_CLOSED_ORDER,
                    ACCOUNT_NOT_CLOSED,
                    IMPOSSIBLE_STATE,
                    OUR_FAULT -> log.error("Payment {}: {} {}", incident.paymentId(), incident.kind(), detail);
        }
    }
}
