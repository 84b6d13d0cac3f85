package dev.wonflow.subscription.plan.messaging;

import dev.wonflow.money.Money;
import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanEvents;
import dev.wonflow.subscription.plan.PlanVersion;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes the catalogue as outbox messages. */
@Component
class OutboxPlanEvents implements PlanEvents {

    static final String TOPIC = "plan.catalogue";

    /** The catalogue is the same for every tenant; an event has to name one. */
    private static final String TENANT = "default";

    private static final JsonMapper JSON = new JsonMapper();

    private final Outbox outbox;
    private final IdSource ids;

    OutboxPlanEvents(Outbox outbox, IdSource ids) {
        this.outbox = outbox;
        this.ids = ids;
    }

    @Override
    public void publish(PlanVersion version) {
        outbox.append(message(ids.next(), version));
    }

    static OutboxMessage message(UUID id, PlanVersion version) {
        Plan offer = version.offer();
        return offer == null
                ? message(
                        id,
                        version,
                        "plan.withdrawn.v1",
                        new WithdrawnV1(version.planId(), version.version(), version.at()))
                : message(
                        id,
                        version,
                        "plan.priced.v1",
                        new PricedV1(
                                version.planId(),
                                version.version(),
                                offer.name(),
                                offer.price().won(),
                                Money.CURRENCY,
                                offer.interval().toString(),
                                version.at()));
    }

    private static OutboxMessage message(UUID id, PlanVersion version, String type, Record body) {
        return new OutboxMessage(
                id,
                TOPIC,
                version.planId(),
                type,
                version.version(),
                TENANT,
                version.at(),
                JSON.writeValueAsString(body));
    }

    record PricedV1(
            String planId, long version, String name, long amount, String currency, String period, Instant pricedAt) {}

    record WithdrawnV1(String planId, long version, Instant withdrawnAt) {}
}
