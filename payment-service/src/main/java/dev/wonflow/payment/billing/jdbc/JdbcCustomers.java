package dev.wonflow.payment.billing.jdbc;

import dev.wonflow.payment.billing.Customers;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Names of tenants in PostgreSQL. */
@Component
class JdbcCustomers implements Customers {

    private static final String FIND = "SELECT customer_key FROM billing_customer WHERE tenant_id = :tenant";

    private static final String WHOSE = "SELECT tenant_id FROM billing_customer WHERE customer_key = :name";

    /** Of two at once the second waits and leaves the first one's name. */
    private static final String NAME = """
        INSERT INTO billing_customer (tenant_id, customer_key, named_at) VALUES (:tenant, :name, :now)
        ON CONFLICT (tenant_id) DO NOTHING
        """;

    private final JdbcClient jdbc;

    JdbcCustomers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> customerKey(TenantId tenant) {
        return jdbc.sql(FIND)
                .param("tenant", tenant.value())
                .query((row, _) -> row.getString("customer_key"))
                .optional();
    }

    @Override
    public Optional<TenantId> tenant(String customerKey) {
        return jdbc.sql(WHOSE)
                .param("name", customerKey)
                .query((row, _) -> new TenantId(row.getString("tenant_id")))
                .optional();
    }

    @Override
    public String name(TenantId tenant, String customerKey, Instant now) {
        jdbc.sql(NAME)
                .param("tenant", tenant.value())
                .param("name", customerKey)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return customerKey(tenant).orElseThrow();
    }
}
