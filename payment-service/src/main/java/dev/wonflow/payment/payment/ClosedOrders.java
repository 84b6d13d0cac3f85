package dev.wonflow.payment.payment;

import dev.wonflow.payment.OrderId;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Orders called off before we knew them: their announcement was a dead letter and may still be redriven. In the
 * caller's transaction. Both messages have the order's key, so that no two transactions work on one order at once.
 */
public interface ClosedOrders {

    /**
     * Remembers one.
     *
     * @param tenantId whose it is; {@code null} if that was not told
     */
    void remember(OrderId orderId, @Nullable TenantId tenantId, Instant now);

    Optional<Instant> closedAt(OrderId orderId);

    /** Whether the order is one of these, and certainly the tenant's. */
    boolean isClosed(OrderId orderId, TenantId tenantId);
}
