package dev.wonflow.idempotency;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** An answer as it is sent, and kept. */
record Answer(int status, String contentType, @Nullable URI location, String body) {

    private static final String REPLAYED = "Idempotency-Replayed";

    /** What the table takes. */
    private static final int LARGEST_BODY_BYTES = 1 << 20;

    static Answer of(ResponseEntity<?> entity, String path, JsonMapper json) {
        Object body = entity.getBody();
        MediaType type = entity.getHeaders().getContentType();
        if (body instanceof ProblemDetail problem) {
            type = MediaType.APPLICATION_PROBLEM_JSON;
            if (problem.getInstance() == null) {
                problem.setInstance(instance(path));
            }
        }
        return new Answer(
                entity.getStatusCode().value(),
                String.valueOf(type == null ? MediaType.APPLICATION_JSON : type),
                entity.getHeaders().getLocation(),
                body == null ? "" : json.writeValueAsString(body));
    }

    /** The container takes addresses that are no URI, such as one with a bracket in its path. */
    private static @Nullable URI instance(String path) {
        try {
            return URI.create(path);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** Whether it tells of something done, rather than to come again. */
    boolean isFinal() {
        HttpStatusCode code = HttpStatusCode.valueOf(status);
        return code.isSameCodeAs(HttpStatus.PAYMENT_REQUIRED)
                || (code.is2xxSuccessful() && !code.isSameCodeAs(HttpStatus.ACCEPTED));
    }

    /**
     * Checks, before anything is lasting, that the answer can be kept.
     *
     * @throws IllegalStateException if it is too large, which is a fault of the handler
     */
    Answer requireKeepable() {
        int bytes = body.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST_BODY_BYTES) {
            throw new IllegalStateException("answer to keep: " + bytes + " bytes (expected: " + LARGEST_BODY_BYTES
                    + " at most, or a handler without Once)");
        }
        return this;
    }

    ResponseEntity<?> first() {
        return toEntity(ResponseEntity.status(status));
    }

    ResponseEntity<?> replayed() {
        return toEntity(ResponseEntity.status(status).header(REPLAYED, "true"));
    }

    private ResponseEntity<?> toEntity(ResponseEntity.BodyBuilder entity) {
        if (location != null) {
            entity.location(location);
        }
        return entity.contentType(MediaType.parseMediaType(contentType)).body(body.getBytes(StandardCharsets.UTF_8));
    }
}
