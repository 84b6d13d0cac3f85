package dev.wonflow.sandbox.exchange.web;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.error.TossError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes errors as Toss does: {@code code} and {@code message}, and under {@code /v2} the envelope around them. */
@Component
final class ErrorJson {

    /** Request attribute with the trace id of the call. */
    static final String TRACE_ID = "dev.wonflow.sandbox.trace-id";

    /** Response header that tells the same. */
    static final String TRACE_ID_HEADER = "x-tosspayments-trace-id";

    private static final String SECOND_VERSION = "/v2/";
    private static final String API_VERSION = "2022-11-16";

    private final JsonMapper json = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    /** A new trace id: 32 hexadecimal digits, as Toss's. */
    static String traceId(IdSource ids) {
        return ids.next().toString().replace("-", "");
    }

    byte[] write(TossError error, String message) {
        return json.writeValueAsBytes(members(error, message));
    }

    /** Writes the error in the shape of the path that was asked for. */
    byte[] write(TossError error, String message, HttpServletRequest request) {
        // The server may refuse an address before it has read it.
        String path = request.getRequestURI();
        if (path == null || !path.startsWith(SECOND_VERSION)) {
            return write(error, message);
        }
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("version", API_VERSION);
        envelope.put("traceId", request.getAttribute(TRACE_ID));
        envelope.put("entityType", null);
        envelope.put("entityBody", null);
        envelope.put("error", members(error, message));
        return json.writeValueAsBytes(envelope);
    }

    private static Map<String, String> members(TossError error, String message) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("code", error.name());
        members.put("message", message);
        return members;
    }
}
