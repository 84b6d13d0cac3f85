package dev.wonflow.payment.payment.jdbc;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.payment.ClosedOrders;
import dev.wonflow.runtime.TenantId;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Closed orders in PostgreSQL. */
@Component
class JdbcClosedOrders implements ClosedOrders {

    private static final String REMEMBER = """
        INSERT INTO closed_order (order_id, tenant_id, closed_at) VALUES (:order, :tenant, :now)
        ON CONFLICT (order_id) DO NOTHING
        """;
    private static final String CLOSED_AT = "SELECT closed_at FROM closed_order WHERE order_id = :order";
    private static final String IS_CLOSED =
            "SELECT EXISTS (SELECT FROM closed_order WHERE order_id = :order AND tenant_id = :tenant)";

    private final JdbcClient jdbc;

    JdbcClosedOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void remember(OrderId orderId, @Nullable TenantId tenantId, Instant now) {
        jdbc.sql(REMEMBER)
                .param("order", orderId.value())
                .param("tenant", tenantId == null ? null : tenantId.value(), Types.VARCHAR)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public Optional<Instant> closedAt(OrderId orderId) {
        return jdbc.sql(CLOSED_AT)
                .param("order", orderId.value())
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    @Override
    public boolean isClosed(OrderId orderId, TenantId tenantId) {
        return jdbc.sql(IS_CLOSED)
                .param("order", orderId.value())
                .param("tenant", tenantId.value())
                .query(Boolean.class)
                .single();
    }
}
