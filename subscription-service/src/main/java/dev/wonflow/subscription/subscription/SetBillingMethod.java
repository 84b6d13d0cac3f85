package dev.wonflow.subscription.subscription;

import dev.wonflow.access.Caller;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Says what is charged for a subscription. One that was paid for by hand goes on by itself from then on. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class SetBillingMethod {

    private final TenantSubscriptions tenants;

    SetBillingMethod(TenantSubscriptions tenants) {
        this.tenants = tenants;
    }

    /**
     * Sets it. What is outstanding is charged again at once.
     *
     * @throws SubscriptionRefused if it is not one of the tenant's, or the subscription ended
     */
    public Subscription set(Caller caller, String product, UUID method) {
        Subscription before = tenants.hold(caller, product);
        Instant now = tenants.now(caller.tenant());
        SubscriptionStatus status = before.statusAt(now);
        if (status == SubscriptionStatus.CANCELED || status == SubscriptionStatus.EXPIRED) {
            throw new SubscriptionRefused(
                    SubscriptionRefused.Reason.NOT_POSSIBLE,
                    "subscription to " + product + ": " + status + " (expected: one that has not ended)");
        }
        tenants.requireChargeable(caller.tenant(), method);
        if (method.equals(before.billingMethodId()) && before.collection() == CollectionMode.AUTOMATIC) {
            return before;
        }
        return tenants.store(caller, "subscription.set-billing-method", before, before.methodSet(method, now));
    }
}
