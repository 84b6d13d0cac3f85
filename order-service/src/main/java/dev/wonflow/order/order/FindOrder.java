package dev.wonflow.order.order;

import dev.wonflow.order.OrderId;
import dev.wonflow.order.payment.PaymentLog;
import dev.wonflow.order.payment.PaymentNote;
import dev.wonflow.runtime.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/** Looks at an order and what went wrong with its payments. */
@Service
public class FindOrder {

    private final Orders orders;
    private final PaymentLog payments;

    FindOrder(Orders orders, PaymentLog payments) {
        this.orders = orders;
        this.payments = payments;
    }

    /** An order and the failures of its payments, oldest first. */
    public record Found(Order order, List<PaymentNote> failures) {}

    /**
     * Finds.
     *
     * @throws OrderNotFound if the tenant has no such order
     */
    public Found find(TenantId tenantId, String id) {
        Order order = require(tenantId, id, orders::find);
        return new Found(order, payments.failures(order.id()));
    }

    /** Another tenant's order is answered like one that does not exist. */
    static Order require(TenantId tenantId, String id, Function<OrderId, Optional<Order>> source) {
        return Optional.of(id)
                .filter(OrderId::isOne)
                .map(OrderId::new)
                .flatMap(source)
                .filter(order -> order.tenantId().equals(tenantId))
                .orElseThrow(() -> new OrderNotFound(id));
    }
}
