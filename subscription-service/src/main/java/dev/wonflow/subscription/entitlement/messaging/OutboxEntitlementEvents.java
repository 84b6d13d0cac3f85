package dev.wonflow.subscription.entitlement.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.subscription.entitlement.Entitlement;
import dev.wonflow.subscription.entitlement.EntitlementEvents;
import dev.wonflow.subscription.entitlement.Entitlements;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes entitlements through the outbox. Each is all there is to know of its key, whose newest the topic keeps. */
@Component
class OutboxEntitlementEvents implements EntitlementEvents {

    private static final String TOPIC = "tenant.entitlements";
    private static final String CHANGED = "tenant.entitlement-changed.v1";

    /** Of its own, because what we publish must not follow a setting of the web layer. */
    private static final JsonMapper JSON = new JsonMapper();

    private final Outbox outbox;
    private final IdSource ids;

    OutboxEntitlementEvents(Outbox outbox, IdSource ids) {
        this.outbox = outbox;
        this.ids = ids;
    }

    @Override
    public void changed(Entitlements.Told told) {
        outbox.append(message(ids.next(), told));
    }

    static OutboxMessage message(UUID id, Entitlements.Told told) {
        Entitlement entitlement = told.entitlement();
        String tenant = entitlement.tenant().value();
        return new OutboxMessage(
                id,
                TOPIC,
                // A product has no slash, so the last one ends the tenant.
                tenant + "/" + entitlement.product(),
                CHANGED,
                told.version(),
                tenant,
                told.changedAt(),
                JSON.writeValueAsString(new ChangedV1(
                        tenant,
                        entitlement.product(),
                        entitlement.plan(),
                        entitlement.planVersion(),
                        entitlement.access().name(),
                        entitlement.planExpiresAt(),
                        entitlement.endsAt(),
                        entitlement.seats(),
                        new LimitsV1(
                                entitlement.limits().features(),
                                entitlement.limits().quotas()),
                        entitlement.livemode(),
                        told.version(),
                        told.changedAt())));
    }

    record ChangedV1(
            String tenantId,
            String product,
            String plan,
            long planVersion,
            String access,
            Instant planExpiresAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant endsAt,

            int seats,
            LimitsV1 limits,
            boolean livemode,
            long version,
            Instant changedAt) {}

    record LimitsV1(List<String> features, Map<String, Long> quotas) {}
}
