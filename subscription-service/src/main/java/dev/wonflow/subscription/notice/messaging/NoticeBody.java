package dev.wonflow.subscription.notice.messaging;

import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.notice.NoticeId;
import dev.wonflow.subscription.notice.NoticeKind;
import dev.wonflow.subscription.notice.ToldNotice;
import dev.wonflow.web.json.Complaint;
import dev.wonflow.web.json.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A notice as it was asked for; the contract has more fields. */
record NoticeBody(
        @Nullable UUID noticeId,
        @Nullable String tenantId,
        @Nullable String kind,
        @Nullable Map<String, JsonNode> data,
        @Nullable Instant requestedAt) {

    private static final JsonMapper JSON = StrictJson.mapper();

    /**
     * Reads a message.
     *
     * @return empty if this version does not know the kind
     * @throws UnreadableMessage if it is not what its contract says
     */
    static Optional<ToldNotice> read(byte @Nullable [] body) {
        try {
            return required("body", body == null ? null : JSON.readValue(body, NoticeBody.class))
                    .notice();
        } catch (JacksonException e) {
            throw new UnreadableMessage(Complaint.about(e), e);
        }
    }

    private Optional<ToldNotice> notice() {
        NoticeId id = new NoticeId(required("noticeId", noticeId));
        TenantId tenant = tenant();
        Map<String, Object> facts = new LinkedHashMap<>();
        required("data", data).forEach((name, value) -> facts.put(name, fact(name, value)));
        Instant at = required("requestedAt", requestedAt);
        return NoticeKind.find(required("kind", kind)).map(known -> new ToldNotice(id, tenant, known, facts, at));
    }

    private TenantId tenant() {
        try {
            return new TenantId(required("tenantId", tenantId));
        } catch (IllegalArgumentException e) {
            throw new UnreadableMessage(String.valueOf(e.getMessage()), e);
        }
    }

    private static Object fact(String name, JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (!value.isString()) {
            throw new UnreadableMessage("data." + name + ": of another kind (expected: text or whole won)");
        }
        String text = value.stringValue();
        if (name.endsWith("At")) {
            try {
                Instant.parse(text);
            } catch (DateTimeException e) {
                throw new UnreadableMessage("data." + name + ": no moment (expected: such as 2026-01-05T03:00:00Z)", e);
            }
        }
        return text;
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new UnreadableMessage(field + ": missing");
        }
        return value;
    }
}
