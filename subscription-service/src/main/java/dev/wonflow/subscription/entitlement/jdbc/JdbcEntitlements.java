package dev.wonflow.subscription.entitlement.jdbc;

import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.entitlement.Entitlement;
import dev.wonflow.subscription.entitlement.Entitlements;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code entitlement}. */
@Component
class JdbcEntitlements implements Entitlements {

    /** What differs is written; of what does not, nothing comes back. */
    private static final String PUT = """
        INSERT INTO entitlement AS told (tenant_id, product, plan, plan_version, plan_expires_at, ends_at, seats, limits,
                                         access, livemode, changed_at, version)
        SELECT tenant_id, product, plan, plan_version, plan_expires_at, ends_at, seats, limits, access, livemode,
               changed_at, 1
        FROM json_populate_recordset(CAST(NULL AS entitlement), CAST(:rows AS json))
        ORDER BY tenant_id, product
        ON CONFLICT (tenant_id, product) DO UPDATE
        SET plan = excluded.plan, plan_version = excluded.plan_version, plan_expires_at = excluded.plan_expires_at,
            ends_at = excluded.ends_at, seats = excluded.seats, limits = excluded.limits, access = excluded.access,
            livemode = excluded.livemode, changed_at = excluded.changed_at, version = told.version + 1
        WHERE (told.plan, told.plan_version, told.plan_expires_at, told.ends_at, told.seats, told.limits, told.access,
               told.livemode)
              IS DISTINCT FROM
              (excluded.plan, excluded.plan_version, excluded.plan_expires_at, excluded.ends_at, excluded.seats,
               excluded.limits, excluded.access, excluded.livemode)
        RETURNING tenant_id, product, version
        """;

    private static final String UNTOLD = """
        SELECT id FROM subscription
        WHERE NOT EXISTS (SELECT FROM entitlement
                          WHERE entitlement.tenant_id = subscription.tenant_id
                            AND entitlement.product = subscription.product)
        LIMIT :most
        """;

    /** Of its own, because what is stored must not follow a setting of the web layer. */
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;

    JdbcEntitlements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Key(String tenantId, String product) {}

    @Override
    public List<Told> put(List<Entitlement> entitlements, Instant now) {
        if (entitlements.isEmpty()) {
            return List.of();
        }
        List<Row> rows = entitlements.stream()
                .map(entitlement -> Row.of(entitlement, now))
                .toList();
        Map<Key, Long> stored = new HashMap<>();
        jdbc.sql(PUT).param("rows", JSON.writeValueAsString(rows)).query(row -> {
            stored.put(new Key(row.getString("tenant_id"), row.getString("product")), row.getLong("version"));
        });
        return entitlements.stream()
                .filter(entitlement -> stored.containsKey(key(entitlement)))
                .map(entitlement -> new Told(entitlement, stored.getOrDefault(key(entitlement), 0L), now))
                .toList();
    }

    private static Key key(Entitlement entitlement) {
        return new Key(entitlement.tenant().value(), entitlement.product());
    }

    @Override
    public List<SubscriptionId> untold(int most) {
        return jdbc.sql(UNTOLD)
                .param("most", most)
                .query((row, _) -> new SubscriptionId(row.getObject("id", UUID.class)))
                .list();
    }

    /** A row as it is written; the names are those of the columns. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record Row(
            String tenantId,
            String product,
            String plan,
            long planVersion,
            Instant planExpiresAt,
            @Nullable Instant endsAt,
            int seats,
            Map<String, Object> limits,
            String access,
            boolean livemode,
            Instant changedAt) {

        static Row of(Entitlement entitlement, Instant now) {
            return new Row(
                    entitlement.tenant().value(),
                    entitlement.product(),
                    entitlement.plan(),
                    entitlement.planVersion(),
                    entitlement.planExpiresAt(),
                    entitlement.endsAt(),
                    entitlement.seats(),
                    Map.of(
                            "features", entitlement.limits().features(),
                            "quotas", entitlement.limits().quotas()),
                    entitlement.access().name(),
                    entitlement.livemode(),
                    now);
        }
    }
}
