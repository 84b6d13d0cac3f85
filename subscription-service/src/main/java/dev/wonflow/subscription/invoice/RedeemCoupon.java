package dev.wonflow.subscription.invoice;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.subscription.subscription.Billing;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionNotFound;
import dev.wonflow.subscription.subscription.SubscriptionRefused;
import dev.wonflow.subscription.subscription.Subscriptions;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Takes a coupon for a subscription that runs already. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class RedeemCoupon {

    private final Subscriptions subscriptions;
    private final Billing billing;
    private final AuditTrail audit;
    private final TenantClocks clocks;

    RedeemCoupon(Subscriptions subscriptions, Billing billing, AuditTrail audit, TenantClocks clocks) {
        this.subscriptions = subscriptions;
        this.billing = billing;
        this.audit = audit;
        this.clocks = clocks;
    }

    /**
     * Takes it; it lessens what is invoiced from now on.
     *
     * @throws SubscriptionRefused if it is not valid for this subscription
     */
    public void redeem(Caller caller, String product, String code) {
        Subscription subscription = subscriptions
                .find(caller.tenant(), product)
                .flatMap(found ->
                        subscriptions.hold(List.of(found.id())).stream().findFirst())
                .orElseThrow(() -> new SubscriptionNotFound(caller.tenant(), product));
        billing.redeem(code, subscription, clocks.now(caller.tenant()).truncatedTo(ChronoUnit.MICROS));
        audit.record(new AuditEntry(
                caller, "coupon.redeem", subscription.id().toString(), null, Map.of("coupon", code), null));
    }
}
