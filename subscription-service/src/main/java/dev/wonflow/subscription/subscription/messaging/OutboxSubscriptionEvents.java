package dev.wonflow.subscription.subscription.messaging;

import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionEvent;
import dev.wonflow.subscription.subscription.SubscriptionEvents;
import dev.wonflow.subscription.subscription.SubscriptionFact;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
        facts.stream()
                .flatMap(fact -> message(ids.next(), fact.subscription(), fact.event()).stream())
                .forEach(outbox::append);
    }

    static Optional<OutboxMessage> message(UUID id, Subscription subscription, SubscriptionEvent event) {
        return switch (event) {
            case SubscriptionEvent.Activated(Instant at) ->
                Optional.of(new OutboxMessage(
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
                                subscription.planExpiresAt()))));
            // Nothing leads there yet.
            case SubscriptionEvent.Renewed _, SubscriptionEvent.Changed _ -> Optional.empty();
        };
    }

    record ActivatedV1(
            UUID subscriptionId,
            String tenantId,
            String plan,
            @Nullable String orderId,
            @Nullable String paymentId,
            boolean livemode,
            Instant activatedAt,
            Instant planExpiresAt) {}
}
