package dev.wonflow.subscription.subscription.messaging;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.subscription.subscription.ChangeReason;
import dev.wonflow.subscription.subscription.Pending;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionEvent;
import dev.wonflow.subscription.subscription.SubscriptionEvents;
import dev.wonflow.subscription.subscription.SubscriptionFact;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes subscription events as outbox messages. The one place where domain words become contract words. */
@Component
class OutboxSubscriptionEvents implements SubscriptionEvents {

    static final String TOPIC = "subscription.events";

    /** Of its own, because what we publish must not follow a setting of the web layer. */
    private static final JsonMapper JSON = new JsonMapper();

    private final Outbox outbox;
    private final IdSource ids;

    OutboxSubscriptionEvents(Outbox outbox, IdSource ids) {
        this.outbox = outbox;
        this.ids = ids;
    }

    @Override
    public void publish(List<SubscriptionFact> facts) {
        facts.forEach(fact -> outbox.append(message(ids.next(), fact.subscription(), fact.event())));
    }

    static OutboxMessage message(UUID id, Subscription subscription, SubscriptionEvent event) {
        return switch (event) {
            case SubscriptionEvent.Activated(Instant at) ->
                message(id, subscription, event, "subscription.activated.v1", ActivatedV1.of(subscription, at));
            case SubscriptionEvent.Renewed(Instant at) ->
                message(
                        id,
                        subscription,
                        event,
                        "subscription.renewed.v1",
                        new RenewedV1(
                                SubscriptionV1.of(subscription),
                                subscription.lastOrderId(),
                                subscription.lastPaymentId(),
                                at));
            case SubscriptionEvent.Changed(ChangeReason reason, Instant at) ->
                message(
                        id,
                        subscription,
                        event,
                        "subscription.changed.v1",
                        new ChangedV1(SubscriptionV1.of(subscription), reason.name(), at));
        };
    }

    private static OutboxMessage message(
            UUID id, Subscription subscription, SubscriptionEvent event, String type, Record body) {
        return new OutboxMessage(
                id,
                TOPIC,
                subscription.id().toString(),
                type,
                subscription.version(),
                subscription.tenantId().value(),
                event.at(),
                JSON.writeValueAsString(body));
    }

    record ActivatedV1(
            UUID subscriptionId,
            String tenantId,
            String plan,
            @Nullable String orderId,
            @Nullable String paymentId,
            boolean livemode,
            Instant activatedAt,
            Instant planExpiresAt) {

        static ActivatedV1 of(Subscription subscription, Instant at) {
            return new ActivatedV1(
                    subscription.id().value(),
                    subscription.tenantId().value(),
                    subscription.plan(),
                    subscription.lastOrderId(),
                    subscription.lastPaymentId(),
                    subscription.livemode(),
                    at,
                    subscription.planExpiresAt());
        }
    }

    /** The subscription as it is. */
    record SubscriptionV1(
            UUID subscriptionId,
            String tenantId,
            String product,
            String status,
            String plan,
            long planVersion,
            int quantity,
            String collection,
            long periodNumber,
            Instant periodStart,
            Instant planExpiresAt,
            @Nullable Instant trialEndsAt,
            @Nullable Instant cancelAt,
            @Nullable Instant pauseAt,
            @Nullable Instant resumeAt,
            @Nullable String pendingPlan,
            @Nullable Long pendingPlanVersion,
            @Nullable Integer pendingQuantity,
            boolean livemode) {

        static SubscriptionV1 of(Subscription subscription) {
            Pending pending = subscription.pending();
            return new SubscriptionV1(
                    subscription.id().value(),
                    subscription.tenantId().value(),
                    subscription.product(),
                    subscription.status().name(),
                    subscription.plan(),
                    subscription.terms().planVersion(),
                    subscription.terms().quantity(),
                    subscription.collection().name(),
                    subscription.period().number(),
                    subscription.period().start(),
                    subscription.planExpiresAt(),
                    subscription.trialEndsAt(),
                    subscription.cancelAt(),
                    subscription.pauseAt(),
                    subscription.resumeAt(),
                    pending == null ? null : pending.terms().plan(),
                    pending == null ? null : pending.terms().planVersion(),
                    pending == null ? null : pending.terms().quantity(),
                    subscription.livemode());
        }
    }

    record RenewedV1(
            @JsonUnwrapped SubscriptionV1 subscription,
            @Nullable String orderId,
            @Nullable String paymentId,
            Instant renewedAt) {}

    record ChangedV1(@JsonUnwrapped SubscriptionV1 subscription, String reason, Instant changedAt) {}
}
