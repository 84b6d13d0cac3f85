package dev.wonflow.subscription.importing.jdbc;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.importing.MethodOwners;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owners from the table {@code billing_method}. */
@Repository
class JdbcMethodOwners implements MethodOwners {

    private static final String OWNERS = """
        SELECT id, tenant_id FROM billing_method
        WHERE id = ANY(:ids) AND registered_at IS NOT NULL AND removed_at IS NULL
        """;

    private final JdbcClient jdbc;

    JdbcMethodOwners(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<UUID, TenantId> of(Collection<UUID> methods) {
        Map<UUID, TenantId> owners = new HashMap<>();
        jdbc.sql(OWNERS).param("ids", methods.toArray(UUID[]::new)).query(row -> {
            owners.put(row.getObject("id", UUID.class), new TenantId(row.getString("tenant_id")));
        });
        return owners;
    }
}
