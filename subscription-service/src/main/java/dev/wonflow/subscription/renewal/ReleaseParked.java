package dev.wonflow.subscription.renewal;

import dev.wonflow.access.Operator;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.subscription.Parking;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.Subscriptions;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Has subscriptions renewed again that were parked. */
@Service
public class ReleaseParked {

    private final Subscriptions subscriptions;
    private final StoreSubscriptions storeSubscriptions;
    private final AuditTrail audit;
    private final TenantClocks clocks;
    private final TransactionOperations transaction;

    ReleaseParked(
            Subscriptions subscriptions,
            StoreSubscriptions storeSubscriptions,
            AuditTrail audit,
            TenantClocks clocks,
            TransactionOperations transaction) {
        this.subscriptions = subscriptions;
        this.storeSubscriptions = storeSubscriptions;
        this.audit = audit;
        this.clocks = clocks;
        this.transaction = transaction;
    }

    /** Answers whether it was parked. */
    public boolean release(Operator operator, SubscriptionId id) {
        return transaction.execute(_ -> subscriptions.hold(List.of(id)).stream()
                .findFirst()
                .map(held -> released(operator, held))
                .orElse(false));
    }

    private boolean released(Operator operator, Subscription held) {
        Parking parking = held.parking();
        if (parking == null) {
            return false;
        }
        storeSubscriptions.store(held.released(clocks.now(held.tenantId())));
        audit.record(new AuditEntry(
                operator,
                "renewals.release",
                held.id().toString(),
                Map.of("parked", parking.reason().name()),
                Map.of("parked", "no"),
                null));
        return true;
    }
}
