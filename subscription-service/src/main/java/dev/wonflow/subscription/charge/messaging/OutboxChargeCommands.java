package dev.wonflow.subscription.charge.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wonflow.money.Money;
import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.subscription.charge.ChargeAttempt;
import dev.wonflow.subscription.charge.ChargeCommands;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Asks through the outbox. */
@Component
class OutboxChargeCommands implements ChargeCommands {

    static final String TYPE = "payment.charge-requested.v1";

    private static final String TOPIC = "payment.commands";

    /** A charge is asked for once. */
    private static final long SEQUENCE = 1;

    /** Of its own, because what is published must not follow a setting of the web layer. */
    private static final JsonMapper JSON = new JsonMapper();

    private final Outbox outbox;
    private final IdSource ids;

    OutboxChargeCommands(Outbox outbox, IdSource ids) {
        this.outbox = outbox;
        this.ids = ids;
    }

    @Override
    public void send(List<ChargeAttempt> attempts) {
        attempts.forEach(attempt -> outbox.append(message(ids.next(), attempt)));
    }

    static OutboxMessage message(UUID id, ChargeAttempt attempt) {
        return new OutboxMessage(
                id,
                TOPIC,
                attempt.tenant().value(),
                TYPE,
                SEQUENCE,
                attempt.tenant().value(),
                attempt.requestedAt(),
                JSON.writeValueAsString(new ChargeRequestedV1(
                        attempt.id().value(),
                        attempt.tenant().value(),
                        attempt.billingMethodId(),
                        attempt.orderName(),
                        attempt.amount().won(),
                        attempt.taxFree().isZero() ? null : attempt.taxFree().won(),
                        Money.CURRENCY,
                        attempt.requestedAt())));
    }

    /** What is {@code null} is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChargeRequestedV1(
            UUID chargeId,
            String tenantId,
            UUID billingMethodId,
            String orderName,
            long amount,
            @Nullable Long taxFreeAmount,
            String currency,
            Instant requestedAt) {}
}
