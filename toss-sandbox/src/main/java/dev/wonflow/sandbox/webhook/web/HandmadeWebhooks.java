package dev.wonflow.sandbox.webhook.web;

import dev.wonflow.sandbox.webhook.DeliverWebhooks;
import dev.wonflow.sandbox.webhook.Webhook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends webhooks made by hand: types the sandbox itself never has a reason to send, types Toss may add one day, and
 * bodies that are wrong on purpose.
 */
@Component
class HandmadeWebhooks {

    private static final String CLASSIC = "classic";
    private static final String FLAT = "flat";
    private static final String V2 = "v2";

    /** No webhook of Toss comes near it; the delivery log keeps thousands. */
    private static final int LONGEST_BODY = 32 * 1024;

    /** No name or key of Toss comes near it. */
    private static final int LONGEST_NAME = 300;

    private static final Set<String> SIGNED = Set.of("payout.changed", "seller.changed");

    private final DeliverWebhooks deliverWebhooks;
    private final WebhookEnvelopes envelopes;
    private final SingletonSupplier<Map<String, Sample>> samples;

    HandmadeWebhooks(DeliverWebhooks deliverWebhooks, WebhookEnvelopes envelopes, JsonMapper json) {
        this.deliverWebhooks = deliverWebhooks;
        this.envelopes = envelopes;
        this.samples = SingletonSupplier.of(() -> samplesOf(json));
    }

    /**
     * An event type with something it could carry.
     *
     * @param entityType null but for the shape {@code v2}
     */
    record Sample(String eventType, String shape, @Nullable String entityType, JsonNode data) {}

    List<Sample> samples() {
        return List.copyOf(samples.obtain().values());
    }

    /**
     * Sends it to everybody registered for the type.
     *
     * @throws IllegalArgumentException if nothing can be made of the request
     */
    List<Webhook> send(WebhookController.Handmade request) {
        String eventType = request.eventType();
        // The flat one has no type in its body; a request for it needs a name for it all the same.
        String sent = "DEPOSIT_CALLBACK".equals(eventType) ? null : eventType;
        boolean signed = request.signed() == null ? sent != null && SIGNED.contains(sent) : request.signed();
        String body = body(request, sent);
        if (body.length() > LONGEST_BODY) {
            throw new IllegalArgumentException(
                    "body: " + body.length() + " characters (expected: at most " + LONGEST_BODY + ")");
        }
        requireShort("eventType", sent);
        requireShort("orderId", request.orderId());
        requireShort("paymentKey", request.paymentKey());
        return deliverWebhooks.deliver(sent, request.orderId(), request.paymentKey(), body, signed);
    }

    private static void requireShort(String field, @Nullable String text) {
        if (text != null && text.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    field + ": " + text.length() + " characters (expected: at most " + LONGEST_NAME + ")");
        }
    }

    private String body(WebhookController.Handmade request, @Nullable String eventType) {
        JsonNode body = request.body();
        if (body != null && !body.isNull()) {
            return body.isString() ? body.stringValue() : body.toString();
        }
        Optional<Sample> sample =
                Optional.ofNullable(samples.obtain().get(eventType == null ? "DEPOSIT_CALLBACK" : eventType));
        String shape = Optional.ofNullable(request.shape())
                .or(() -> sample.map(Sample::shape))
                .orElse(eventType == null ? FLAT : CLASSIC);
        JsonNode data = Optional.ofNullable(request.data())
                .or(() -> sample.map(Sample::data))
                .orElseThrow(() -> new IllegalArgumentException("body: none, and no sample of " + eventType
                        + " (expected: body, data, or an event type of GET /control/webhooks/samples)"));
        return switch (shape) {
            case CLASSIC -> envelopes.classic(typed(eventType), data);
            case V2 ->
                envelopes.v2(typed(eventType), sample.map(Sample::entityType).orElse("unknown"), data);
            case FLAT -> envelopes.flat(fields(data));
            default -> throw new IllegalArgumentException("shape: " + shape + " (expected: classic, flat or v2)");
        };
    }

    private static String typed(@Nullable String eventType) {
        if (eventType == null) {
            throw new IllegalArgumentException("eventType: none (expected: one, unless the shape is flat)");
        }
        return eventType;
    }

    private static Map<String, JsonNode> fields(JsonNode data) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        data.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private static Map<String, Sample> samplesOf(JsonMapper json) {
        Map<String, Sample> samples = new LinkedHashMap<>();
        try (InputStream in = new ClassPathResource("webhook-samples.json").getInputStream()) {
            for (JsonNode sample : json.readTree(in)) {
                String eventType = sample.path("eventType").stringValue();
                JsonNode entityType = sample.get("entityType");
                samples.put(
                        eventType,
                        new Sample(
                                eventType,
                                sample.path("shape").stringValue(),
                                entityType == null ? null : entityType.stringValue(),
                                sample.path("data")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return samples;
    }
}
