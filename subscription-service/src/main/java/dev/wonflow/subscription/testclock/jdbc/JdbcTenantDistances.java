package dev.wonflow.subscription.testclock.jdbc;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.testclock.TenantDistances;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code tenant_clock}. */
@Repository
class JdbcTenantDistances implements TenantDistances {

    private static final String ALL = """
        SELECT tenant_id, CAST(extract(epoch FROM ahead) * 1000000 AS bigint) AS micros FROM tenant_clock
        """;

    private static final String KEEP = """
        INSERT INTO tenant_clock (tenant_id, ahead, moved_at)
        VALUES (:tenant, make_interval(secs => CAST(:micros AS double precision) / 1000000), :now)
        ON CONFLICT (tenant_id) DO UPDATE SET ahead = EXCLUDED.ahead, moved_at = EXCLUDED.moved_at
        """;

    private final JdbcClient jdbc;

    JdbcTenantDistances(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<TenantId, Duration> all() {
        Map<TenantId, Duration> all = new HashMap<>();
        jdbc.sql(ALL).query(row -> {
            all.put(new TenantId(row.getString("tenant_id")), Duration.of(row.getLong("micros"), ChronoUnit.MICROS));
        });
        return all;
    }

    @Override
    public void keep(TenantId tenant, Duration ahead, Instant now) {
        jdbc.sql(KEEP)
                .param("tenant", tenant.value())
                .param("micros", ahead.toNanos() / 1_000)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
