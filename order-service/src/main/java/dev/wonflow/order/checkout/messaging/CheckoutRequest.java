package dev.wonflow.order.checkout.messaging;

import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.order.cart.Cart;
import dev.wonflow.order.cart.InvalidField;
import dev.wonflow.order.cart.Text;
import dev.wonflow.order.document.CartFields;
import dev.wonflow.order.document.Documents;
import dev.wonflow.order.document.Fields;
import dev.wonflow.order.document.MalformedDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream system asks us to sell, in any of the forms it may take: a CloudEvent in binary or in structured
 * mode, or plain JSON with an id beside the fields.
 *
 * @param id of the request among those of its tenant: {@code source|id} of a CloudEvent that names its source, or else
 *     the id alone
 */
record CheckoutRequest(String id, String tenantId, Cart cart) {

    static final String TYPE = "checkout.requested.v1";

    private static final String DEFAULT_TENANT = "default";
    private static final int MAX_TENANT_LENGTH = 100;
    private static final int MAX_ID_LENGTH = 300;
    private static final int MAX_SOURCE_LENGTH = 200;
    private static final String SPEC_VERSION = "1.0";
    private static final String BAR = "|";

    /**
     * Reads a record.
     *
     * @return empty if it is an event of another type
     * @throws UnreadableMessage if it is none of the three forms, or asks for something that cannot be sold
     */
    static Optional<CheckoutRequest> read(ConsumerRecord<?, byte[]> message, Documents documents) {
        try {
            String contentType =
                    MessageHeaders.optional(message, "content-type").orElse("").toLowerCase(Locale.ROOT);
            if (contentType.startsWith("application/cloudevents-batch")) {
                throw new UnreadableMessage("header content-type: " + contentType + " (expected: one event)");
            }
            boolean saysStructured = contentType.startsWith("application/cloudevents");
            if (!saysStructured && isBinary(message)) {
                return binary(message, documents);
            }
            Fields body = documents.read(message.value());
            return saysStructured || body.has("specversion") ? structured(body) : Optional.of(plain(body));
        } catch (MalformedDocument | InvalidField e) {
            throw new UnreadableMessage(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Names the request among those of all tenants. A digest: tenant and id together are longer than an inbox takes.
     */
    String claimId() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(tenantId.getBytes(StandardCharsets.UTF_8));
            // Neither text has control characters, so no two pairs look alike.
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: every Java has it)", e);
        }
    }

    private static boolean isBinary(ConsumerRecord<?, ?> message) {
        return MessageHeaders.optional(message, "ce_specversion").isPresent()
                || MessageHeaders.optional(message, "ce_id").isPresent()
                || MessageHeaders.optional(message, "ce_type").isPresent();
    }

    private static Optional<CheckoutRequest> binary(ConsumerRecord<?, byte[]> message, Documents documents) {
        requireSpecVersion(
                "header ce_specversion",
                MessageHeaders.optional(message, "ce_specversion").orElse(SPEC_VERSION));
        if (!MessageHeaders.type(message).equals(TYPE)) {
            return Optional.empty();
        }
        String id = id(MessageHeaders.optional(message, "ce_source").orElse(null), MessageHeaders.id(message));
        return Optional.of(request(
                id, MessageHeaders.optional(message, "ce_tenantid").orElse(null), documents.read(message.value())));
    }

    private static Optional<CheckoutRequest> structured(Fields event) {
        requireSpecVersion("specversion", event.text("specversion", 10));
        if (!event.text("type", 200).equals(TYPE)) {
            return Optional.empty();
        }
        String id = id(event.optionalText("source", MAX_SOURCE_LENGTH), event.text("id", MAX_ID_LENGTH));
        return Optional.of(request(id, event.optionalText("tenantid", MAX_TENANT_LENGTH), event.content("data")));
    }

    private static CheckoutRequest plain(Fields body) {
        return request(id(null, body.text("id", MAX_ID_LENGTH)), null, body);
    }

    private static CheckoutRequest request(String id, @Nullable String tenantOfEnvelope, Fields body) {
        String tenantOfBody = body.optionalText("tenantId", MAX_TENANT_LENGTH);
        if (tenantOfEnvelope != null) {
            Text.require("tenantid", tenantOfEnvelope, MAX_TENANT_LENGTH);
            if (tenantOfBody != null && !tenantOfBody.equals(tenantOfEnvelope)) {
                throw new InvalidField("tenantId", tenantOfBody, tenantOfEnvelope + ", as the envelope says");
            }
        }
        CartFields.requireWon(body);
        return new CheckoutRequest(id, tenant(tenantOfEnvelope, tenantOfBody), CartFields.read(body));
    }

    private static String tenant(@Nullable String ofEnvelope, @Nullable String ofBody) {
        if (ofEnvelope != null) {
            return ofEnvelope;
        }
        return ofBody != null ? ofBody : DEFAULT_TENANT;
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
}
