package dev.wonflow.order.checkout.messaging;

import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.order.cart.CartForm;
import dev.wonflow.order.cart.InvalidField;
import dev.wonflow.order.cart.Text;
import dev.wonflow.order.checkout.CheckoutRequest;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.web.json.Complaint;
import dev.wonflow.web.json.StrictJson;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads checkout requests in any of the forms they may take: a CloudEvent in binary or in structured mode, or plain
 * JSON with an id beside the fields.
 */
final class CheckoutForms {

    static final String TYPE = "checkout.requested.v1";

    private static final JsonMapper JSON = StrictJson.mapper();

    /** Far more than a cart of a hundred items needs. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final TenantId DEFAULT_TENANT = new TenantId("default");
    private static final int MAX_ID_LENGTH = 300;
    private static final int MAX_SOURCE_LENGTH = 200;
    private static final String SPEC_VERSION = "1.0";
    private static final String BAR = "|";

    private CheckoutForms() {}

    /**
     * Reads a record.
     *
     * @return empty if it is an event of another type
     * @throws UnreadableMessage if it is none of the three forms, or asks for something that cannot be sold
     */
    static Optional<CheckoutRequest> read(ConsumerRecord<?, byte[]> message) {
        try {
            String contentType =
                    MessageHeaders.optional(message, "content-type").orElse("").toLowerCase(Locale.ROOT);
            if (contentType.startsWith("application/cloudevents-batch")) {
                throw new UnreadableMessage("header content-type: " + contentType + " (expected: one event)");
            }
            boolean saysStructured = contentType.startsWith("application/cloudevents");
            if (!saysStructured && isBinary(message)) {
                return binary(message);
            }
            JsonNode body = json(message);
            return saysStructured || body.hasNonNull("specversion") ? structured(body) : Optional.of(plain(body));
        } catch (JacksonException e) {
            throw new UnreadableMessage(Complaint.about(e), e);
        } catch (InvalidField e) {
            throw new UnreadableMessage(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isBinary(ConsumerRecord<?, ?> message) {
        return MessageHeaders.optional(message, "ce_specversion").isPresent()
                || MessageHeaders.optional(message, "ce_id").isPresent()
                || MessageHeaders.optional(message, "ce_type").isPresent();
    }

    private static Optional<CheckoutRequest> binary(ConsumerRecord<?, byte[]> message) {
        requireSpecVersion(
                "header ce_specversion",
                MessageHeaders.optional(message, "ce_specversion").orElse(SPEC_VERSION));
        if (!MessageHeaders.type(message).equals(TYPE)) {
            return Optional.empty();
        }
        String id = id(MessageHeaders.optional(message, "ce_source").orElse(null), MessageHeaders.id(message));
        String tenantId = MessageHeaders.optional(message, "ce_tenantid").orElse(null);
        return Optional.of(request(id, tenantId, json(message)));
    }

    private static Optional<CheckoutRequest> structured(JsonNode event) {
        Kind kind = JSON.treeToValue(event, Kind.class);
        requireSpecVersion("specversion", Text.require("specversion", kind.specversion(), 10));
        if (!Text.require("type", kind.type(), 200).equals(TYPE)) {
            return Optional.empty();
        }
        Envelope envelope = JSON.treeToValue(event, Envelope.class);
        JsonNode data = envelope.data();
        if (data == null || !data.isObject()) {
            throw new InvalidField("data", data == null ? "missing" : data, "object");
        }
        String source = envelope.source();
        if (source != null) {
            Text.require("source", source, MAX_SOURCE_LENGTH);
        }
        return Optional.of(
                request(id(source, Text.require("id", envelope.id(), MAX_ID_LENGTH)), envelope.tenantid(), data));
    }

    private static CheckoutRequest plain(JsonNode body) {
        String id = JSON.treeToValue(body, Plain.class).id();
        return request(id(null, Text.require("id", id, MAX_ID_LENGTH)), null, body);
    }

    private static CheckoutRequest request(String id, @Nullable String tenantOfEnvelope, JsonNode body) {
        TenantId ofBody = tenant("tenantId", JSON.treeToValue(body, Owner.class).tenantId());
        TenantId ofEnvelope = tenant("tenantid", tenantOfEnvelope);
        if (ofEnvelope != null && ofBody != null && !ofBody.equals(ofEnvelope)) {
            throw new InvalidField("tenantId", ofBody, ofEnvelope + ", as the envelope says");
        }
        TenantId tenant = ofEnvelope != null ? ofEnvelope : ofBody;
        CartForm form = JSON.treeToValue(body, CartForm.class);
        CartForm.requireWon(form.currency());
        return new CheckoutRequest(id, tenant == null ? DEFAULT_TENANT : tenant, form.cart());
    }

    private static @Nullable TenantId tenant(String field, @Nullable String given) {
        return given == null ? null : Text.requireTenant(field, given);
    }

    /** Two events of different sources are two, so nothing else may look like the bar between source and id. */
    private static String id(@Nullable String source, String id) {
        String named;
        if (source != null) {
            named = source.replace(BAR, "%7C") + BAR + id;
        } else {
            named = id.contains(BAR) ? BAR + id : id;
        }
        return Text.require("id", named, MAX_ID_LENGTH);
    }

    private static void requireSpecVersion(String field, String version) {
        if (!version.equals(SPEC_VERSION)) {
            throw new InvalidField(field, version, SPEC_VERSION);
        }
    }

    private static JsonNode json(ConsumerRecord<?, byte[]> message) {
        byte[] body = message.value();
        if (body == null || body.length == 0) {
            throw new UnreadableMessage("body: empty (expected: a JSON object)");
        }
        if (body.length > MAX_BYTES) {
            throw new UnreadableMessage("body: " + body.length + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        JsonNode tree = JSON.readTree(body);
        if (!tree.isObject()) {
            throw new UnreadableMessage("body: no object (expected: a JSON object)");
        }
        return tree;
    }

    /** Tells whether an event in structured mode is for us. The rest of one that is not may look like anything. */
    private record Kind(
            @Nullable String specversion, @Nullable String type) {}

    /** An event in structured mode. */
    private record Envelope(
            @Nullable String id,
            @Nullable String source,
            @Nullable String tenantid,
            @Nullable JsonNode data) {}

    private record Plain(@Nullable String id) {}

    private record Owner(@Nullable String tenantId) {}
}
