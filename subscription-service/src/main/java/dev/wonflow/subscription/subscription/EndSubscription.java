package dev.wonflow.subscription.subscription;

import dev.wonflow.access.Caller;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Ends a subscription or lets it rest, now or when its period ends, and takes that back. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class EndSubscription {

    /** Three years: who rests for longer cancels. */
    private static final Duration LONGEST_PAUSE = Duration.ofDays(3 * 365L);

    private final TenantSubscriptions tenants;
    private final Billing billing;

    EndSubscription(TenantSubscriptions tenants, Billing billing) {
        this.tenants = tenants;
        this.billing = billing;
    }

    /**
     * Ends it now, and what is left of the period with it; what that was worth stays with the tenant as credit, if the
     * plan says so. Nothing is charged any more.
     *
     * @throws SubscriptionRefused if it ended before
     */
    public Subscription cancelNow(Caller caller, String product, @Nullable String why) {
        Subscription before = tenants.hold(caller, product);
        Instant now = tenants.now(caller.tenant());
        if (!before.statusAt(now).next().contains(SubscriptionStatus.CANCELED)) {
            throw notPossible(before, now, "one that has not ended");
        }
        billing.end(before, now);
        return tenants.store(caller, "subscription.cancel", before, before.canceled(now), why);
    }

    /**
     * Ends it with the running period.
     *
     * @throws SubscriptionRefused if it does not run
     */
    public Subscription cancelAtPeriodEnd(Caller caller, String product, @Nullable String why) {
        Subscription before = tenants.hold(caller, product);
        requireRunning(before);
        return before.cancelAt() != null
                ? before
                : tenants.store(
                        caller,
                        "subscription.schedule-cancel",
                        before,
                        before.cancelScheduled(tenants.now(caller.tenant())),
                        why);
    }

    /**
     * Has it go on, if it was to end with the period.
     *
     * @throws SubscriptionRefused if it does not run any more
     */
    public Subscription undoCancel(Caller caller, String product) {
        Subscription before = tenants.hold(caller, product);
        requireRunning(before);
        return before.cancelAt() == null
                ? before
                : tenants.store(
                        caller, "subscription.undo-cancel", before, before.cancelUndone(tenants.now(caller.tenant())));
    }

    /**
     * Lets it rest from the end of the running period on: nothing is charged, and nothing may be used.
     *
     * @param until when it goes on by itself; null: when somebody says so
     * @throws SubscriptionRefused if it does not run, or nothing charges for it
     */
    public Subscription pause(Caller caller, String product, @Nullable Instant until, @Nullable String why) {
        Subscription before = tenants.hold(caller, product);
        Instant now = tenants.now(caller.tenant());
        if (before.statusAt(now) != SubscriptionStatus.ACTIVE || before.collection() != CollectionMode.AUTOMATIC) {
            throw notPossible(before, now, "one that is active and has a billing method");
        }
        Instant latest = before.planExpiresAt().plus(LONGEST_PAUSE);
        if (until != null && (!until.isAfter(before.planExpiresAt()) || until.isAfter(latest))) {
            throw new SubscriptionRefused(
                    SubscriptionRefused.Reason.NOT_POSSIBLE,
                    "resumeAt: " + until + " (expected: after the period ends, " + before.planExpiresAt()
                            + ", and not after " + latest + ")");
        }
        return tenants.store(caller, "subscription.pause", before, before.pauseScheduled(until, now), why);
    }

    /**
     * Has it go on. One that rests begins with a payment; one that was to rest does not.
     *
     * @throws SubscriptionRefused if it neither rests nor was to, or there is nothing to charge
     */
    public Subscription resume(Caller caller, String product) {
        Subscription before = tenants.hold(caller, product);
        Instant now = tenants.now(caller.tenant());
        if (before.status() == SubscriptionStatus.INCOMPLETE && before.pauseAt() != null) {
            return before; // Asked for already, and waiting for its payment.
        }
        if (before.status() == SubscriptionStatus.PAUSED) {
            tenants.requireChargeable(caller.tenant(), before.billingMethodId());
            return billing.begin(tenants.store(caller, "subscription.resume", before, before.resumed(now)), now);
        }
        if (before.status() != SubscriptionStatus.ACTIVE || before.pauseAt() == null) {
            throw notPossible(before, now, "one that rests, or is to");
        }
        return tenants.store(caller, "subscription.resume", before, before.resumed(now));
    }

    private void requireRunning(Subscription subscription) {
        Instant now = tenants.now(subscription.tenantId());
        SubscriptionStatus status = subscription.statusAt(now);
        if (status != SubscriptionStatus.ACTIVE && status != SubscriptionStatus.TRIALING) {
            throw notPossible(subscription, now, "one that is active or on trial");
        }
    }

    private static SubscriptionRefused notPossible(Subscription subscription, Instant now, String expected) {
        return new SubscriptionRefused(
                SubscriptionRefused.Reason.NOT_POSSIBLE,
                "subscription to " + subscription.product() + ": " + subscription.statusAt(now) + ", "
                        + subscription.collection() + " (expected: " + expected + ")");
    }
}
