package dev.wonflow.subscription.subscription.messaging;

import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionEvent;
import dev.wonflow.subscription.subscription.SubscriptionEvents;
import java.time.Instant;
import java.util.UUID;
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
    public void publish(Subscription subscription, SubscriptionEvent event) {
        outbox.append(message(ids.next(), subscription, event));
    }

    static OutboxMessage message(UUID id, Subscription subscription, SubscriptionEvent event) {
        return switch (event) {
            case SubscriptionEvent.Activated(Instant at) ->
                new OutboxMessage(
                        id,
                        TOPIC,
                        subscription.id().toString(),
                        "subscription.activated.v1",
                        subscription.version(),
                        subscription.tenantId().value(),
                        at,
                        JSON.writeValueAsString(new ActivatedV1(
                                subscription.id().value(),
                                subscription.tenantId().value(),
                                subscription.plan(),
                                subscription.lastOrderId(),
                                subscription.lastPaymentId(),
                                subscription.livemode(),
                                at,
                                subscription.planExpiresAt())));
        };
    }

    record ActivatedV1(
            UUID subscriptionId,
            String tenantId,
            String plan,
            String orderId,
            String paymentId,
            boolean livemode,
            Instant activatedAt,
            Instant planExpiresAt) {}
}
