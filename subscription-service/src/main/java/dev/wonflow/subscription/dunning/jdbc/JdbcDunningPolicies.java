package dev.wonflow.subscription.dunning.jdbc;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.dunning.DailyWindow;
import dev.wonflow.subscription.dunning.DunningPolicies;
import dev.wonflow.subscription.dunning.DunningPolicy;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Policies in the table {@code dunning_policy}; what holds for all without one of their own is the row of no tenant.
 */
@Component
class JdbcDunningPolicies implements DunningPolicies {

    private static final String OF_ALL = "";

    private static final String SELECT = """
        SELECT tenant_id, days_between_attempts, quiet_from, quiet_to, maintenance, grace_days, restricted_days,
               suspended_days, final_action
        FROM dunning_policy WHERE tenant_id = ANY(:tenants)
        """;

    private static final String SAVE = """
        INSERT INTO dunning_policy (tenant_id, days_between_attempts, quiet_from, quiet_to, maintenance, grace_days,
                                    restricted_days, suspended_days, final_action, changed_at)
        VALUES (:tenant, :days, :quietFrom, :quietTo, :maintenance, :grace, :restricted, :suspended, :finalAction, :now)
        ON CONFLICT (tenant_id) DO UPDATE
        SET days_between_attempts = excluded.days_between_attempts, quiet_from = excluded.quiet_from,
            quiet_to = excluded.quiet_to, maintenance = excluded.maintenance, grace_days = excluded.grace_days,
            restricted_days = excluded.restricted_days, suspended_days = excluded.suspended_days,
            final_action = excluded.final_action, changed_at = excluded.changed_at
        """;

    private final JdbcClient jdbc;

    JdbcDunningPolicies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Kept(String tenant, DunningPolicy policy) {}

    @Override
    public Map<TenantId, DunningPolicy> of(Collection<TenantId> tenants) {
        Map<String, DunningPolicy> kept =
                read(Stream.concat(Stream.of(OF_ALL), tenants.stream().map(TenantId::value)));
        DunningPolicy ofAll = kept.getOrDefault(OF_ALL, DunningPolicy.standard());
        Map<TenantId, DunningPolicy> all = new HashMap<>();
        tenants.forEach(tenant -> all.put(tenant, kept.getOrDefault(tenant.value(), ofAll)));
        return all;
    }

    @Override
    public Optional<DunningPolicy> find(@Nullable TenantId tenant) {
        return read(Stream.of(name(tenant))).values().stream().findFirst();
    }

    private Map<String, DunningPolicy> read(Stream<String> tenants) {
        Map<String, DunningPolicy> all = new HashMap<>();
        jdbc.sql(SELECT)
                .param("tenants", tenants.toArray(String[]::new))
                .query((row, _) -> new Kept(row.getString("tenant_id"), policy(row)))
                .list()
                .forEach(kept -> all.put(kept.tenant(), kept.policy()));
        return all;
    }

    @Override
    public void save(@Nullable TenantId tenant, DunningPolicy policy, Instant now) {
        DailyWindow quiet = policy.quietHours();
        jdbc.sql(SAVE)
                .param("tenant", name(tenant))
                .param("days", policy.daysBetweenAttempts().toArray(Integer[]::new))
                .param("quietFrom", quiet == null ? null : quiet.from(), Types.TIME)
                .param("quietTo", quiet == null ? null : quiet.to(), Types.TIME)
                .param(
                        "maintenance",
                        policy.maintenance().stream().map(DailyWindow::toString).toArray(String[]::new))
                .param("grace", policy.graceDays())
                .param("restricted", policy.restrictedDays())
                .param("suspended", policy.suspendedDays())
                .param("finalAction", policy.finalAction().name())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public boolean remove(TenantId tenant) {
        return jdbc.sql("DELETE FROM dunning_policy WHERE tenant_id = :tenant")
                        .param("tenant", tenant.value())
                        .update()
                == 1;
    }

    private static String name(@Nullable TenantId tenant) {
        return tenant == null ? OF_ALL : tenant.value();
    }

    private static DunningPolicy policy(ResultSet row) throws SQLException {
        LocalTime from = row.getObject("quiet_from", LocalTime.class);
        return new DunningPolicy(
                list(row.getArray("days_between_attempts"), Integer.class),
                from == null ? null : new DailyWindow(from, row.getObject("quiet_to", LocalTime.class)),
                list(row.getArray("maintenance"), String.class).stream()
                        .map(window -> DailyWindow.parse("dunning_policy.maintenance", window))
                        .toList(),
                row.getInt("grace_days"),
                row.getInt("restricted_days"),
                row.getInt("suspended_days"),
                DunningPolicy.FinalAction.valueOf(row.getString("final_action")));
    }

    private static <T> List<T> list(Array array, Class<T> type) throws SQLException {
        return Arrays.stream((Object[]) array.getArray()).map(type::cast).toList();
    }
}
