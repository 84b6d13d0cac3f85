package dev.wonflow.subscription.notice.messaging;

import dev.wonflow.outbox.Outbox;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.subscription.notice.NoticeEvents;
import dev.wonflow.subscription.notice.RequestedNotice;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes notices as outbox messages. The parts of their data go by the names they have here. */
@Component
class OutboxNoticeEvents implements NoticeEvents {

    static final String TOPIC = "notice.requests";
    static final String REQUESTED = "notice.requested.v1";

    /** A notice never changes. */
    private static final long SEQUENCE = 1;

    private static final JsonMapper JSON = new JsonMapper();

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
                        requested.notice().data().facts(),
                        requested.requestedAt())));
    }

    record RequestedV1(
            UUID noticeId,
            String tenantId,
            String kind,
            String subject,
            Map<String, Object> data,
            Instant requestedAt) {}
}
