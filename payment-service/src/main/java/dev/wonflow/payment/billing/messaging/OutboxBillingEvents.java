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

    static final String REGISTERED = "payment.billing-method-registered.v1";
    static final String REMOVED = "payment.billing-method-removed.v1";

    private static final String TOPIC = "payment.events";

    /** A method is registered once and removed once. */
    private static final long FIRST = 1;

    private static final long LAST = 2;

    private final Outbox outbox;
    private final JsonMapper json;
    private final IdSource ids;

    OutboxBillingEvents(Outbox outbox, JsonMapper json, IdSource ids) {
        this.outbox = outbox;
        this.json = json;
        this.ids = ids;
    }

    @Override
    public void registered(BillingMethod method) {
        append(method, REGISTERED, FIRST, method.registeredAt(), contract(method));
    }

    @Override
    public void removed(BillingMethod method, RemovedBy by, Instant at) {
        append(method, REMOVED, LAST, at, contract(method, by, at));
    }

    private void append(BillingMethod method, String type, long sequence, Instant at, Object body) {
        outbox.append(new OutboxMessage(
                ids.next(),
                TOPIC,
                method.id().toString(),
                type,
                sequence,
                method.tenantId().value(),
                at,
                json.writeValueAsString(body)));
    }

    static BillingMethodRegisteredV1 contract(BillingMethod method) {
        return new BillingMethodRegisteredV1(
                method.id().value(), method.tenantId().value(), method.livemode(), method.registeredAt());
    }

    static BillingMethodRemovedV1 contract(BillingMethod method, RemovedBy by, Instant at) {
        return new BillingMethodRemovedV1(
                method.id().value(), method.tenantId().value(), by.name(), method.livemode(), at);
    }

    record BillingMethodRegisteredV1(UUID billingMethodId, String tenantId, boolean livemode, Instant registeredAt) {}

    record BillingMethodRemovedV1(
            UUID billingMethodId, String tenantId, String removedBy, boolean livemode, Instant removedAt) {}
}
