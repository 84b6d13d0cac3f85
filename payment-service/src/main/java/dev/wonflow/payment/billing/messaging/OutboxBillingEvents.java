package dev.wonflow.payment.billing.messaging;

import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.payment.billing.BillingEvents;
import dev.wonflow.payment.billing.BillingMethod;
import dev.wonflow.runtime.IdSource;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes what became of billing methods through the outbox, beside the events of their charges. */
@Component
class OutboxBillingEvents implements BillingEvents {

    static final String REMOVED = "payment.billing-method-removed.v1";

    private static final String TOPIC = "payment.events";

    /** Registered was the first state; a method is removed once. */
    private static final long SEQUENCE = 2;

    private final Outbox outbox;
    private final JsonMapper json;
    private final IdSource ids;

    OutboxBillingEvents(Outbox outbox, JsonMapper json, IdSource ids) {
        this.outbox = outbox;
        this.json = json;
        this.ids = ids;
    }

    @Override
    public void removed(BillingMethod method, RemovedBy by, Instant at) {
        outbox.append(new OutboxMessage(
                ids.next(),
                TOPIC,
                method.id().toString(),
                REMOVED,
                SEQUENCE,
                method.tenantId().value(),
                at,
                json.writeValueAsString(contract(method, by, at))));
    }

    static BillingMethodRemovedV1 contract(BillingMethod method, RemovedBy by, Instant at) {
        return new BillingMethodRemovedV1(
                method.id().value(), method.tenantId().value(), by.name(), method.livemode(), at);
    }

    record BillingMethodRemovedV1(
            UUID billingMethodId, String tenantId, String removedBy, boolean livemode, Instant removedAt) {}
}
