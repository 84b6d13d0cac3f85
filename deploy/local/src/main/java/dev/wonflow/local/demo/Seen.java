package dev.wonflow.local.demo;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A record read from a topic.
 *
 * @param headers by name; of a name that occurs twice, the last
 * @param raw the bytes of the body, each as one character, so that none is lost whatever they are
 * @param value the body, a missing node if it is no JSON
 */
public record Seen(
        String topic, int partition, long offset, String key, Map<String, String> headers, String raw, JsonNode value) {

    /** The event's type, empty if it has none. */
    public String type() {
        return header("ce_type");
    }

    /** The event's id. */
    public String id() {
        return header("ce_id");
    }

    /** A header, empty if it is not there. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /**
     * Tells whether it concerns an order, the request for one, a charge, or a tenant.
     *
     * @param subject id of the order, of the request, of the charge, or of the tenant
     */
    public boolean isAbout(String subject) {
        return key.equals(subject)
                || id().equals(subject)
                || value.path("orderId").asString("").equals(subject)
                || value.path("chargeId").asString("").equals(subject)
                || value.path("tenantId").asString("").equals(subject)
                || value.path("requestId").asString("").endsWith(subject)
                || value.path("data").path("orderId").asString("").equals(subject);
    }
}
