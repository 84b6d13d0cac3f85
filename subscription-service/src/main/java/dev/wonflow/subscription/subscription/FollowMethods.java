package dev.wonflow.subscription.subscription;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps in mind which billing methods there are. Runs in the transaction of the message that tells of one. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class FollowMethods {

    private final BillingMethods methods;
    private final Subscriptions subscriptions;
    private final StoreSubscriptions store;

    FollowMethods(BillingMethods methods, Subscriptions subscriptions, StoreSubscriptions store) {
        this.methods = methods;
        this.subscriptions = subscriptions;
        this.store = store;
    }

    public void registered(UUID method, TenantId tenant, Instant at) {
        methods.registered(method, tenant, at);
    }

    /** Subscriptions it was charged for have nothing to charge any more. */
    public void removed(UUID method, TenantId tenant, Instant at) {
        methods.removed(method, tenant, at);
        List<Subscription> charged = subscriptions.holdByMethod(method);
        if (!charged.isEmpty()) {
            store.store(charged.stream()
                    .map(subscription -> subscription.methodRemoved(at))
                    .toList());
        }
    }
}
