package dev.wonflow.payment.payment;

import dev.wonflow.payment.OrderId;
import dev.wonflow.runtime.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Service;

/**
 * Tells an order whose payment is still to come from one that does not exist. Orders reach us as events, so there are
 * moments in which a buyer is faster.
 */
@Service
public class AwaitedPayments {

    private final Payments payments;
    private final ClosedOrders closedOrders;
    private final OrderBacklog backlog;
    private final AwaitedProperties properties;
    private final Clock clock;

    AwaitedPayments(
            Payments payments,
            ClosedOrders closedOrders,
            OrderBacklog backlog,
            AwaitedProperties properties,
            Clock clock) {
        this.payments = payments;
        this.closedOrders = closedOrders;
        this.backlog = backlog;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Whether the payment that was not found may be found a little later: the order is so young that its event may be
     * on its way, or there are events we have not read. Nothing comes of an order of the tenant's that was called off
     * before we knew it. What another tenant has is awaited like what nobody has: the answer must not tell that there
     * is one.
     *
     * @param id what was looked for; anything but an orderId of our own making is not awaited
     */
    public boolean isAwaited(TenantId tenantId, String id) {
        return OrderId.read(id)
                .flatMap(order -> order.madeAt().map(madeAt -> isAwaited(tenantId, order, madeAt)))
                .orElse(false);
    }

    private boolean isAwaited(TenantId tenantId, OrderId order, Instant madeAt) {
        Duration age = Duration.between(madeAt, clock.instant()).abs();
        boolean mayCome = age.compareTo(properties.onTheWay()) <= 0 || backlog.mayHoldUnread();
        // Read after the backlog, for what came in between is in neither of the two otherwise.
        boolean hasCome = payments.findByPurchaseOrderId(order)
                .filter(payment -> payment.purchase().tenantId().equals(tenantId))
                .isPresent();
        return hasCome || (mayCome && !closedOrders.isClosed(order, tenantId));
    }
}
