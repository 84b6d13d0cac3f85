package dev.wonflow.sandbox.webhook.web;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.clock.SandboxClock;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The three shapes of a webhook. Fields come in the order Toss shows them. */
@Component
public class WebhookEnvelopes {

    private static final String API_VERSION = "2022-11-16";

    /** Without an offset, and with no more digits than needed: that is how classic events were seen. */
    private static final DateTimeFormatter CLASSIC_TIME =
            DateTimeFormatter.ISO_LOCAL_DATE_TIME.withZone(SandboxClock.SEOUL);

    private static final DateTimeFormatter V2_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private final Clock clock;
    private final IdSource ids;
    private final JsonMapper json = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    WebhookEnvelopes(Clock clock, IdSource ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /** {@code eventType}, {@code createdAt} and {@code data}. */
    public String classic(String eventType, @Nullable Object data) {
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("eventType", eventType);
        envelope.put("createdAt", createdAt(clock.instant()));
        envelope.put("data", data);
        return json.writeValueAsString(envelope);
    }

    /** {@code createdAt} and the fields themselves: no event type, no payment key. */
    public String flat(Map<String, ? extends @Nullable Object> fields) {
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("createdAt", createdAt(clock.instant()));
        envelope.putAll(fields);
        return json.writeValueAsString(envelope);
    }

    /** The one of payouts and sellers, its time with an offset. */
    public String v2(String eventType, String entityType, @Nullable Object entityBody) {
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("eventType", eventType);
        envelope.put("createdAt", V2_TIME.format(clock.instant()));
        envelope.put("version", API_VERSION);
        envelope.put("eventId", "evt_" + ids.next().toString().replace("-", ""));
        envelope.put("entityType", entityType);
        envelope.put("entityBody", entityBody);
        return json.writeValueAsString(envelope);
    }

    static String createdAt(Instant now) {
        return CLASSIC_TIME.format(now.truncatedTo(ChronoUnit.MICROS));
    }

    JsonNode read(String text) {
        return json.readTree(text);
    }
}
