package dev.wonflow.subscription.subscription;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A subscription while a step changes it. What a step does not mention stays as it was. */
final class Step {

    private final Subscription before;
    private Terms terms;
    private SubscriptionStatus status;
    private CollectionMode collection;
    private @Nullable UUID billingMethodId;
    private ZoneId zone;
    private Instant anchor;
    private Period period;
    private Instant activatedAt;
    private @Nullable Instant trialEndsAt;
    private @Nullable Instant cancelAt;
    private @Nullable Instant pauseAt;
    private @Nullable Instant resumeAt;
    private @Nullable Pending pending;
    private @Nullable Instant dueAt;
    private @Nullable Parking parking;
    private boolean livemode;
    private @Nullable String lastOrderId;
    private @Nullable String lastPaymentId;

    Step(Subscription before) {
        this.before = before;
        this.terms = before.terms();
        this.status = before.status();
        this.collection = before.collection();
        this.billingMethodId = before.billingMethodId();
        this.zone = before.zone();
        this.anchor = before.anchor();
        this.period = before.period();
        this.activatedAt = before.activatedAt();
        this.trialEndsAt = before.trialEndsAt();
        this.cancelAt = before.cancelAt();
        this.pauseAt = before.pauseAt();
        this.resumeAt = before.resumeAt();
        this.pending = before.pending();
        this.dueAt = before.dueAt();
        this.parking = before.parking();
        this.livemode = before.livemode();
        this.lastOrderId = before.lastOrderId();
        this.lastPaymentId = before.lastPaymentId();
    }

    /**
     * Goes on to a status.
     *
     * @throws IllegalTransition if the life cycle has no such step
     */
    Step to(SubscriptionStatus next) {
        return to(before.status(), next);
    }

    /** The same from the status that holds at a moment. */
    Step to(SubscriptionStatus now, SubscriptionStatus next) {
        if (!now.next().contains(next)) {
            throw new IllegalTransition(before.id(), now, next);
        }
        status = next;
        return this;
    }

    Step terms(Terms value) {
        terms = value;
        return this;
    }

    Step collection(CollectionMode value) {
        collection = value;
        return this;
    }

    Step billingMethod(@Nullable UUID value) {
        billingMethodId = value;
        return this;
    }

    Step zone(ZoneId value) {
        zone = value;
        return this;
    }

    Step anchor(Instant value) {
        anchor = value;
        return this;
    }

    Step period(Period value) {
        period = value;
        return this;
    }

    Step activatedAt(Instant value) {
        activatedAt = value;
        return this;
    }

    Step trialEndsAt(@Nullable Instant value) {
        trialEndsAt = value;
        return this;
    }

    Step cancelAt(@Nullable Instant value) {
        cancelAt = value;
        return this;
    }

    Step pauseAt(@Nullable Instant value) {
        pauseAt = value;
        return this;
    }

    Step resumeAt(@Nullable Instant value) {
        resumeAt = value;
        return this;
    }

    Step pending(@Nullable Pending value) {
        pending = value;
        return this;
    }

    Step dueAt(@Nullable Instant value) {
        dueAt = value;
        return this;
    }

    Step parking(@Nullable Parking value) {
        parking = value;
        return this;
    }

    Step paidBy(boolean real, @Nullable String orderId, @Nullable String paymentId) {
        livemode = real;
        lastOrderId = orderId;
        lastPaymentId = paymentId;
        return this;
    }

    /** Takes back everything that was to come. */
    Step nothingToCome() {
        return cancelAt(null)
                .pauseAt(null)
                .resumeAt(null)
                .pending(null)
                .dueAt(null)
                .parking(null);
    }

    Subscription.Change because(SubscriptionEvent event) {
        return new Subscription.Change(after(), event);
    }

    Subscription.Change because(ChangeReason reason, Instant now) {
        return because(new SubscriptionEvent.Changed(reason, now));
    }

    /** Nobody else has to know. */
    Subscription.Change silently() {
        return new Subscription.Change(after(), null);
    }

    private Subscription after() {
        return new Subscription(
                before.id(),
                before.tenantId(),
                before.product(),
                terms,
                status,
                collection,
                billingMethodId,
                zone,
                anchor,
                period,
                activatedAt,
                trialEndsAt,
                cancelAt,
                pauseAt,
                resumeAt,
                pending,
                dueAt,
                parking,
                livemode,
                lastOrderId,
                lastPaymentId,
                before.version());
    }
}
