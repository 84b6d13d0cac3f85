package dev.wonflow.sandbox.payout.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Puts answers of the second version of the API into their envelope. */
@Component
class Entities {

    private static final String API_VERSION = "2022-11-16";
    private static final int USUAL_LIMIT = 100;
    private static final int LARGEST_LIMIT = 1_000;

    private final JsonMapper json = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private record Envelope(String version, String traceId, String entityType, Object entityBody) {}

    private record Listed(boolean hasNext, @Nullable String lastCursor, List<?> items) {}

    /**
     * Answers one entity.
     *
     * @param response already carries the trace id of the call
     */
    ResponseEntity<byte[]> one(String type, Object body, Exchange exchange, HttpServletResponse response) {
        String traceId = String.valueOf(response.getHeader("x-tosspayments-trace-id"));
        Envelope envelope = new Envelope(API_VERSION, traceId, type, body);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json.writeValueAsBytes(envelope));
    }

    /** Answers that an entity is gone. */
    ResponseEntity<byte[]> deleted(String type, String id, Exchange exchange, HttpServletResponse response) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        return one("deleted-" + type, body, exchange, response);
    }

    /** Answers all of the entities. */
    <T> ResponseEntity<byte[]> all(
            String type,
            List<T> entities,
            Function<T, String> id,
            Function<T, ?> view,
            Exchange exchange,
            HttpServletResponse response) {
        String last = entities.isEmpty() ? null : id.apply(entities.getLast());
        Listed listed = new Listed(false, last, entities.stream().map(view).toList());
        return one(type + "-list", listed, exchange, response);
    }

    /**
     * Answers a page of entities.
     *
     * @param after id of the entity to go on behind
     * @throws Refused if there is no such entity, or the limit is none
     */
    <T> ResponseEntity<byte[]> page(
            String type,
            List<T> entities,
            Function<T, String> id,
            Function<T, ?> view,
            @Nullable String limit,
            @Nullable String after,
            Exchange exchange,
            HttpServletResponse response) {
        int start = after == null ? 0 : positionOf(after, entities, id) + 1;
        int end = (int) Math.min(entities.size(), (long) start + limit(limit));
        List<T> page = entities.subList(start, end);
        String last = page.isEmpty() ? null : id.apply(page.getLast());
        Listed listed =
                new Listed(end < entities.size(), last, page.stream().map(view).toList());
        return one(type + "-list", listed, exchange, response);
    }

    private static <T> int positionOf(String after, List<T> entities, Function<T, String> id) {
        for (int i = 0; i < entities.size(); i++) {
            if (id.apply(entities.get(i)).equals(after)) {
                return i;
            }
        }
        throw new Refused(TossError.INVALID_PAGING_KEY);
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LARGEST_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Refused as any other limit that is none.
        }
        throw new Refused(TossError.INVALID_REQUEST);
    }
}
