package dev.wonflow.webhook.web;

import dev.wonflow.web.json.StrictUtf8;
import dev.wonflow.webhook.Envelope;
import dev.wonflow.webhook.Refusal;
import dev.wonflow.webhook.Shape;
import dev.wonflow.webhook.WebhookRefused;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads of a body just enough to route it. What it does not know it lets pass: new events appear without notice. */
@Component
final class Envelopes {

    /** Far above what Toss sends, far below what hurts: a payment nests 4 deep and has some 150 tokens. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxTokenCount(20_000)
            .maxNumberLength(100)
            .maxNameLength(1_000)
            .maxStringLength(Bodies.MAX_BYTES)
            .maxDocumentLength(Bodies.MAX_BYTES)
            .build();

    /** Toss's longest id is a paymentKey of 200 characters; the outbox downstream takes no longer key either. */
    private static final int MAX_ID_LENGTH = 200;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(LIMITS)
                    .inputDecorator(new StrictUtf8())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Tells form, event type and subject.
     *
     * @throws WebhookRefused with {@link Refusal#NOT_JSON} if the body is not one JSON value, or breaks a limit
     */
    Envelope read(byte[] body) {
        JsonNode root;
        try {
            root = json.readTree(body);
        } catch (JacksonException e) {
            // Without the cause: its message can show parts of the body.
            throw new WebhookRefused(
                    Refusal.NOT_JSON,
                    "body: not readable as JSON (expected: one JSON value in UTF-8, at most "
                            + LIMITS.getMaxNestingDepth() + " levels deep)");
        }
        if (root.isMissingNode()) {
            throw new WebhookRefused(Refusal.NOT_JSON, "body: blank (expected: JSON)");
        }
        return new Envelope(shape(root), id(root.path("eventType")), subject(root));
    }

    /** Toss names no form; this order of questions tells them apart. */
    private static Shape shape(JsonNode root) {
        if (root.has("entityBody")) {
            return Shape.ENTITY;
        }
        if (root.has("eventType")) {
            return Shape.CLASSIC;
        }
        if (root.has("secret") && root.has("orderId") && root.has("status")) {
            return Shape.FLAT;
        }
        return Shape.UNKNOWN;
    }

    /**
     * The first usable id: an order's webhooks, whatever their form, belong together and in order. A billing key is no
     * candidate, for it is a secret.
     */
    private static @Nullable String subject(JsonNode root) {
        JsonNode data = root.path("data");
        JsonNode payment = data.path("payment");
        JsonNode entity = root.path("entityBody");
        return Stream.of(
                        data.path("orderId"),
                        root.path("orderId"),
                        payment.path("orderId"),
                        entity.path("orderId"),
                        data.path("paymentKey"),
                        root.path("paymentKey"),
                        payment.path("paymentKey"),
                        entity.path("id"),
                        data.path("customerKey"),
                        data.path("transactionKey"))
                .map(Envelopes::id)
                .filter(id -> id != null)
                .findFirst()
                .orElse(null);
    }

    /** The text, if it can serve as a name; oversized and unprintable text stays in the body only. */
    private static @Nullable String id(JsonNode node) {
        if (!node.isString()) {
            return null;
        }
        String text = node.stringValue();
        boolean usable = !text.isBlank()
                && text.codePointCount(0, text.length()) <= MAX_ID_LENGTH
                && text.codePoints().noneMatch(Envelopes::isUnprintable);
        return usable ? text : null;
    }

    private static boolean isUnprintable(int codePoint) {
        // A surrogate without its partner has no UTF-8 form.
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
