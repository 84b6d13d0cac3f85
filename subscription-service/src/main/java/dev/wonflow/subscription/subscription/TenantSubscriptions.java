package dev.wonflow.subscription.subscription;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What everything a tenant asks for has in common: whose it is, who else may not change it, and who asked. */
@Component
class TenantSubscriptions {

    /** News of a billing method takes a second; where it takes longer, something is broken. */
    private static final Duration ON_THE_WAY = Duration.ofMinutes(1);

    /** The version of UUIDs that begin with the milliseconds at which they were made (RFC 9562, 5.7). */
    private static final int TIMED = 7;

    private static final int BITS_AFTER_MILLIS = 16;

    private final Subscriptions subscriptions;
    private final Purchases purchases;
    private final BillingMethods methods;
    private final StoreSubscriptions store;
    private final AuditTrail audit;
    private final TenantClocks clocks;
    private final Clock clock;

    TenantSubscriptions(
            Subscriptions subscriptions,
            Purchases purchases,
            BillingMethods methods,
            StoreSubscriptions store,
            AuditTrail audit,
            TenantClocks clocks,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.purchases = purchases;
        this.methods = methods;
        this.store = store;
        this.audit = audit;
        this.clocks = clocks;
        this.clock = clock;
    }

    /** The tenant's time, as the database can hold it. */
    Instant now(TenantId tenant) {
        return clocks.now(tenant).truncatedTo(ChronoUnit.MICROS);
    }

    /** The subscription, which nobody else changes until the transaction ends. */
    Subscription hold(Caller caller, String product) {
        return subscriptions
                .find(caller.tenant(), product)
                .flatMap(found ->
                        subscriptions.hold(List.of(found.id())).stream().findFirst())
                .orElseThrow(() -> new SubscriptionNotFound(caller.tenant(), product));
    }

    /** The same where there may be none, and nobody else may make one meanwhile. */
    Optional<Subscription> holdPlace(TenantId tenant, String product) {
        purchases.lockTenant(tenant);
        return subscriptions
                .find(tenant, product)
                .flatMap(found ->
                        subscriptions.hold(List.of(found.id())).stream().findFirst());
    }

    /**
     * A method that is charged; refused if it is not one of the tenant's. What another tenant has is awaited like what
     * nobody has: the answer must not tell that there is one.
     *
     * @throws BillingMethodAwaited if it may be known a little later
     */
    UUID requireChargeable(TenantId tenant, @Nullable UUID method) {
        if (method == null) {
            throw new SubscriptionRefused(
                    SubscriptionRefused.Reason.METHOD_MISSING, "billing method: none (expected: one of the tenant's)");
        }
        if (!methods.isChargeable(tenant, method)) {
            if (isYoung(method) && !methods.isKnown(tenant, method)) {
                throw new BillingMethodAwaited(method);
            }
            throw new SubscriptionRefused(
                    SubscriptionRefused.Reason.METHOD_UNKNOWN,
                    "billing method " + method + ": unknown or removed (expected: one of the tenant's)");
        }
        return method;
    }

    private boolean isYoung(UUID method) {
        Instant madeAt = Instant.ofEpochMilli(method.getMostSignificantBits() >>> BITS_AFTER_MILLIS);
        return method.version() == TIMED
                && Duration.between(madeAt, clock.instant()).abs().compareTo(ON_THE_WAY) <= 0;
    }

    /**
     * Stores a step that a caller asked for.
     *
     * @param before null: it came to be by this
     */
    Subscription store(Caller caller, String action, @Nullable Subscription before, Subscription.Change change) {
        return store(caller, action, before, change, null);
    }

    /**
     * The same with the reason the caller gave.
     *
     * @param before null: it came to be by this
     * @param why null: none was given
     */
    Subscription store(
            Caller caller,
            String action,
            @Nullable Subscription before,
            Subscription.Change change,
            @Nullable String why) {
        Subscription after = store.store(change);
        audit.record(new AuditEntry(
                caller, action, after.id().toString(), before == null ? null : facts(before), facts(after), why));
        return after;
    }

    /** Notes what a caller asked for where somebody else stores what comes of it. */
    void audit(Caller caller, String action, Subscription before, Terms wanted) {
        audit.record(new AuditEntry(
                caller,
                action,
                before.id().toString(),
                facts(before),
                Map.of(
                        "plan", wanted.plan(),
                        "planVersion", wanted.planVersion(),
                        "quantity", (long) wanted.quantity()),
                null));
    }

    private static Map<String, Object> facts(Subscription subscription) {
        return Map.of(
                "status", subscription.status().name(),
                "plan", subscription.plan(),
                "planVersion", subscription.terms().planVersion(),
                "quantity", (long) subscription.terms().quantity(),
                "cancelAt", String.valueOf(subscription.cancelAt()),
                "pauseAt", String.valueOf(subscription.pauseAt()),
                "billingMethod", String.valueOf(subscription.billingMethodId()),
                "pending", String.valueOf(subscription.pending()));
    }
}
