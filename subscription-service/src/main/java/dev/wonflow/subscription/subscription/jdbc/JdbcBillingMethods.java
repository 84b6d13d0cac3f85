package dev.wonflow.subscription.subscription.jdbc;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.subscription.BillingMethods;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Billing methods in the table {@code billing_method}. */
@Component
class JdbcBillingMethods implements BillingMethods {

    private final JdbcClient jdbc;

    JdbcBillingMethods(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean isChargeable(TenantId tenantId, UUID method) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM billing_method
                    WHERE id = :id AND tenant_id = :tenantId AND removed_at IS NULL)
                """)
                .param("id", method)
                .param("tenantId", tenantId.value())
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean isKnown(TenantId tenantId, UUID method) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM billing_method WHERE id = :id AND tenant_id = :tenantId)")
                .param("id", method)
                .param("tenantId", tenantId.value())
                .query(Boolean.class)
                .single();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void registered(UUID method, TenantId tenantId, Instant at) {
        jdbc.sql("""
                INSERT INTO billing_method (id, tenant_id, registered_at) VALUES (:id, :tenantId, :at)
                ON CONFLICT (id) DO UPDATE SET registered_at = :at
                """)
                .param("id", method)
                .param("tenantId", tenantId.value())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void removed(UUID method, TenantId tenantId, Instant at) {
        jdbc.sql("""
                INSERT INTO billing_method (id, tenant_id, removed_at) VALUES (:id, :tenantId, :at)
                ON CONFLICT (id) DO UPDATE SET removed_at = :at
                """)
                .param("id", method)
                .param("tenantId", tenantId.value())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
