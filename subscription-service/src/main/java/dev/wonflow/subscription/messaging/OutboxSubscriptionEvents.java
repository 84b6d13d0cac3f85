package dev.wonflow.subscription.messaging;

import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.subscription.Subscription;
import dev.wonflow.subscription.SubscriptionEvent;
import dev.wonflow.subscription.SubscriptionEvents;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes subscription events as outbox messages. The one place where domain words become contract words. */
@Component
class OutboxSubscriptionEvents implements SubscriptionEvents {

    static final String TOPIC = "subscription.events";

    private final Outbox outbox;
    private final JsonMapper json;
    private final IdSource ids;
    private final Clock clock;

    OutboxSubscriptionEvents(Outbox outbox, JsonMapper json, IdSource ids, Clock clock) {
        this.outbox = outbox;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void publish(Subscription subscription, SubscriptionEvent event) {
        switch (event) {
            case SubscriptionEvent.Activated(Instant at) ->
                append(
                        subscription,
                        "subscription.activated.v1",
                        new ActivatedV1(
                                subscription.id().value(),
                                subscription.tenantId(),
                                subscription.plan(),
                                subscription.lastOrderId(),
                                subscription.lastPaymentId(),
                                subscription.livemode(),
                                at,
                                subscription.planExpiresAt()));
        }
    }

    private void append(Subscription subscription, String type, Object contract) {
        outbox.append(new OutboxMessage(
                ids.next(),
                TOPIC,
                subscription.id().toString(),
                type,
                subscription.version(),
                subscription.tenantId(),
                clock.instant(),
                json.writeValueAsString(contract)));
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
