package dev.wonflow.sandbox.exchange.web;

import dev.wonflow.sandbox.error.TossError;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes errors as Toss does: {@code code} and {@code message}. */
@Component
final class ErrorJson {

    private final JsonMapper json;

    ErrorJson(JsonMapper json) {
        this.json = json;
    }

    byte[] write(TossError error, Locale language) {
        return write(error, error.message(language));
    }

    byte[] write(TossError error, String message) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("code", error.name());
        members.put("message", message);
        return json.writeValueAsBytes(members);
    }
}
