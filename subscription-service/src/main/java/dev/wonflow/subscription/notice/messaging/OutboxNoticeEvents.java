package dev.wonflow.subscription.notice.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wonflow.money.Money;
import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.subscription.notice.NoticeData;
import dev.wonflow.subscription.notice.NoticeEvents;
import dev.wonflow.subscription.notice.RequestedNotice;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Publishes notices as outbox messages. The parts of their data go by the names they have here. */
@Component
class OutboxNoticeEvents implements NoticeEvents {

    static final String TOPIC = "notice.requests";
    static final String REQUESTED = "notice.requested.v1";

    /** A notice never changes. */
    private static final long SEQUENCE = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(new WholeWon()))
            .changeDefaultPropertyInclusion(_ -> JsonInclude.Value.ALL_NON_NULL)
            .build();

    private final Outbox outbox;

    OutboxNoticeEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void requested(RequestedNotice requested) {
        outbox.append(message(requested));
    }

    /** The event has the id of the notice, for there is one of each. */
    static OutboxMessage message(RequestedNotice requested) {
        String tenant = requested.notice().tenant().value();
        return new OutboxMessage(
                requested.id().value(),
                TOPIC,
                tenant,
                REQUESTED,
                SEQUENCE,
                tenant,
                requested.requestedAt(),
                JSON.writeValueAsString(new RequestedV1(
                        requested.id().value(),
                        tenant,
                        requested.notice().data().kind().code(),
                        requested.notice().subject(),
                        requested.notice().data(),
                        requested.requestedAt())));
    }

    record RequestedV1(
            UUID noticeId, String tenantId, String kind, String subject, NoticeData data, Instant requestedAt) {}

    private static final class WholeWon extends StdSerializer<Money> {

        WholeWon() {
            super(Money.class);
        }

        @Override
        public void serialize(Money money, JsonGenerator json, SerializationContext context) {
            json.writeNumber(money.won());
        }
    }
}
