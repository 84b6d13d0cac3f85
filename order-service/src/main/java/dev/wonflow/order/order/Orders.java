package dev.wonflow.order.order;

import dev.wonflow.order.OrderId;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All orders. */
public interface Orders {

    Optional<Order> find(OrderId id);

    /** Finds an order and keeps others from changing it until the caller's transaction ends. */
    Optional<Order> lock(OrderId id);

    /** Finds the order of a checkout request; each tenant names its requests as it likes. */
    Optional<Order> findByRequest(TenantId tenantId, String requestId);

    /**
     * Stores a new order, or the next version of a known one.
     *
     * @return the order with its new version
     * @throws org.springframework.dao.OptimisticLockingFailureException if it changed since it was read
     */
    Order save(Order order);

    /**
     * Orders past their deadline whose payment is not being checked, oldest first.
     *
     * @param after the last one of the page before, or none for the first page
     */
    List<Due> due(Instant now, @Nullable Due after, int limit);

    /** A place in the list of due orders. */
    record Due(OrderId id, Instant expiresAt) {}
}
