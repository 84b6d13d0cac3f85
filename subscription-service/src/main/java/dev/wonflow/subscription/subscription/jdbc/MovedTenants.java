package dev.wonflow.subscription.subscription.jdbc;

import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets statements about what is due look at each tenant's own time. Where nobody is ahead of the others, as in
 * production, they are what they would be without it.
 */
public final class MovedTenants {

    private static final String NOW = ":now";

    private MovedTenants() {}

    /**
     * Makes a statement of one that compares with {@code :now}, and binds that.
     *
     * @param tenant column of the row's tenant
     */
    public static JdbcClient.StatementSpec statement(
            JdbcClient jdbc, String sql, String tenant, TenantClocks clocks, Instant now) {
        Map<TenantId, Duration> moved = clocks.moved();
        JdbcClient.StatementSpec statement = moved.isEmpty()
                ? jdbc.sql(sql)
                : jdbc.sql(sql.replace(NOW, """
                            greatest(:now, (SELECT moved.now
                                            FROM unnest(CAST(:tenants AS text[]), CAST(:times AS timestamptz[]))
                                                AS moved (tenant_id, now)
                                            WHERE moved.tenant_id = %s))""".formatted(tenant)))
                        .param(
                                "tenants",
                                moved.keySet().stream().map(TenantId::value).toArray(String[]::new))
                        .param(
                                "times",
                                moved.values().stream()
                                        .map(ahead -> now.plus(ahead).toString())
                                        .toArray(String[]::new));
        return statement.param("now", now.atOffset(ZoneOffset.UTC));
    }
}
