package dev.wonflow.subscription.testclock.jdbc;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.testclock.TenantDues;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Looks into all tables in which something of a tenant waits. */
@Repository
class JdbcTenantDues implements TenantDues {

    /**
     * What waits for a charge that has not ended is not due: the charge is under way, a row without a moment. One
     * statement sees both as they were together; between two, a charge that ends would be in neither.
     */
    private static final String DUES = """
        SELECT due_at FROM subscription WHERE tenant_id = :tenant AND due_at IS NOT NULL AND parked_at IS NULL
        UNION ALL
        SELECT least(stage_until, remind_at, next_attempt_at) FROM dunning_case
        WHERE tenant_id = :tenant AND closed_at IS NULL AND least(stage_until, remind_at, next_attempt_at) IS NOT NULL
            AND NOT EXISTS (SELECT FROM charge_attempt
                            WHERE charge_attempt.invoice_id = dunning_case.invoice_id AND ended_at IS NULL)
        UNION ALL
        SELECT NULL FROM charge_attempt
        WHERE tenant_id = :tenant AND (ended_at IS NULL OR (status = 'FAILED' AND judged_at IS NULL) OR again)
        ORDER BY due_at
        """;

    private final JdbcClient jdbc;

    JdbcTenantDues(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Dues of(TenantId tenant) {
        List<Optional<Instant>> all = jdbc.sql(DUES)
                .param("tenant", tenant.value())
                .query((row, _) -> Optional.ofNullable(row.getObject("due_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .list();
        List<Instant> at = all.stream().flatMap(Optional::stream).toList();
        return new Dues(at, all.size() - at.size());
    }
}
