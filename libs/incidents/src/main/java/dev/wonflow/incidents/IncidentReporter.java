package dev.wonflow.incidents;

import dev.wonflow.runtime.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps incidents in a table, counts every one, and tells the log of one when it begins, not for as long as it lasts.
 * The same kind about the same thing is one row with the number of times.
 */
public final class IncidentReporter {

    private static final Logger log = LoggerFactory.getLogger(IncidentReporter.class);

    private static final String UPSERT = """
        INSERT INTO reported_incident AS known (about, kind, tenant_id, detail, first_at, last_at)
        VALUES (:about, :kind, :tenant, :detail, :at, :at)
        ON CONFLICT (about, kind) DO UPDATE
        SET times = known.times + 1, detail = excluded.detail, last_at = GREATEST(known.last_at, excluded.last_at)
        RETURNING times
        """;

    private static final int LONGEST_DETAIL = 500;

    private final JdbcClient jdbc;
    private final MeterRegistry meters;

    public IncidentReporter(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.meters = meters;
    }

    /**
     * Reports in the caller's transaction: the row is there if that commits, and only then it is counted and told to
     * the log, for what is rolled back comes again.
     */
    public void report(IncidentReport incident) {
        TenantId tenant = incident.tenantId();
        long times = jdbc.sql(UPSERT)
                .param("about", incident.about())
                .param("kind", incident.kind())
                .param("tenant", tenant == null ? null : tenant.value(), Types.VARCHAR)
                .param("detail", cut(incident.detail()))
                .param("at", incident.at().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            tell(incident, times);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                tell(incident, times);
            }
        });
    }

    private void tell(IncidentReport incident, long times) {
        Counter.builder("wonflow.incidents")
                .description("What people have to look at")
                .tag("kind", incident.kind().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
        if (times > 1) {
            log.info("{} {} for the {}. time: {}", incident.kind(), incident.about(), times, incident.detail());
            return;
        }
        switch (incident.urgency()) {
            case NOTE -> log.warn("{} {}: {}", incident.kind(), incident.about(), incident.detail());
            case ACT -> log.error("{} {}: {}", incident.kind(), incident.about(), incident.detail());
        }
    }

    /** Without what PostgreSQL takes for no character, and never ending in the middle of one. */
    private static String cut(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .filter(point -> point != 0 && Character.getType(point) != Character.SURROGATE)
                .takeWhile(point -> kept.length() + Character.charCount(point) <= LONGEST_DETAIL)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
