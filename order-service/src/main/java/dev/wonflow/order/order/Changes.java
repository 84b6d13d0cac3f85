package dev.wonflow.order.order;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Stores a change of an order together with the event that tells of it; in the caller's transaction. */
@Service
class Changes {

    private final Orders orders;
    private final OrderEvents events;
    private final AuditTrail audit;

    Changes(Orders orders, OrderEvents events, AuditTrail audit) {
        this.orders = orders;
        this.events = events;
        this.audit = audit;
    }

    /**
     * The same for what a caller asked for, which is written down.
     *
     * @param before {@code null} if the order is placed by this
     */
    Order save(Caller caller, String action, @Nullable Order before, Order.Change change) {
        Order saved = save(change);
        CancelReason reason = saved.cancelReason();
        audit.record(new AuditEntry(
                caller,
                action,
                saved.id().value(),
                before == null ? null : facts(before),
                facts(saved),
                reason == null ? null : reason.name()));
        return saved;
    }

    private static Map<String, Object> facts(Order order) {
        return Map.of("status", order.status().name(), "amount", order.amount().won(), "version", order.version());
    }

    Order save(Order.Change change) {
        Order saved = orders.save(change.order());
        OrderEvent event = change.event();
        if (event != null) {
            events.publish(saved, event);
        }
        return saved;
    }
}
