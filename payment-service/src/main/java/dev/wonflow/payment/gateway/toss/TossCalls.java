package dev.wonflow.payment.gateway.toss;

import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Makes calls to Toss, and reads as much of any answer as all answers have in common. */
final class TossCalls {

    private static final Logger log = LoggerFactory.getLogger(TossCalls.class);

    /** Longest answer read; a payment object has a few thousand bytes. */
    private static final int MAX_ANSWER_BYTES = 256 * 1024;

    private final JsonMapper json;
    private final CallRoom room;

    TossCalls(JsonMapper json, CallRoom room) {
        this.json = json;
        this.room = room;
    }

    /** What came back. */
    sealed interface Answer {

        /** Success, with what it carries; the missing node if that is nothing. */
        record Success(JsonNode body) implements Answer {}

        record Refusal(TossError error) implements Answer {}

        /** There were too many calls; the error is made up if it names none. */
        record TooMany(TossError error) implements Answer {}

        record None(String cause) implements Answer {}
    }

    byte[] body(Object request) {
        return json.writeValueAsBytes(request);
    }

    Answer ask(Operation operation, RestClient.RequestHeadersSpec<?> request) {
        return room.during(operation, () -> ask(request));
    }

    private Answer ask(RestClient.RequestHeadersSpec<?> request) {
        try {
            return request.exchange((_, response) -> read(response));
        } catch (ResourceAccessException e) {
            String cause = cause(e);
            // Not the exception's own text: it names the address, and a billing key is part of one.
            log.warn("Toss did not answer: {}", cause);
            return new Answer.None(cause);
        }
    }

    private Answer read(ClientHttpResponse response) throws IOException {
        JsonNode body;
        try (InputStream stream = response.getBody()) {
            byte[] bytes = stream.readNBytes(MAX_ANSWER_BYTES);
            body = bytes.length == 0 ? MissingNode.getInstance() : json.readTree(bytes);
        } catch (JacksonException _) {
            return new Answer.None("UNCLEAR_ANSWER");
        }
        if (response.getStatusCode().value() == 200) {
            return new Answer.Success(body);
        }
        JsonNode code = body.path("code");
        JsonNode message = body.path("message");
        boolean tooMany = response.getStatusCode().isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS);
        if (!code.isString() || code.stringValue().isBlank()) {
            String cause = "HTTP_" + response.getStatusCode().value();
            return tooMany ? new Answer.TooMany(new TossError(cause, null)) : new Answer.None(cause);
        }
        TossError error = new TossError(code.stringValue(), text(message));
        log.info("Toss answered {} {}", response.getStatusCode().value(), error.code());
        return tooMany ? new Answer.TooMany(error) : new Answer.Refusal(error);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    private static String cause(ResourceAccessException e) {
        return switch (e.getCause()) {
            case HttpConnectTimeoutException _, ConnectException _ -> "NO_CONNECTION";
            case HttpTimeoutException _ -> "TIMEOUT";
            case null, default -> "CONNECTION_LOST";
        };
    }
}
