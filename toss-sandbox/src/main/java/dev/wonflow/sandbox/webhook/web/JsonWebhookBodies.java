package dev.wonflow.sandbox.webhook.web;

import dev.wonflow.sandbox.webhook.WebhookBodies;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Changes the JSON of a webhook, wherever its shape has the field. */
@Component
class JsonWebhookBodies implements WebhookBodies {

    private static final String WRONG_SECRET = "ps_thisIsNotTheSecretOfToss0000";

    private final JsonMapper json;

    JsonWebhookBodies(JsonMapper json) {
        this.json = json;
    }

    @Override
    public String withWrongSecret(String body) {
        return changed(body, "secret", _ -> WRONG_SECRET);
    }

    @Override
    public String contradicting(String body) {
        String ofCancel = changed(body, "cancelStatus", status -> status.equals("DONE") ? "ABORTED" : "DONE");
        return changed(ofCancel, "status", status -> switch (status) {
            case "DONE", "PARTIAL_CANCELED" -> "ABORTED";
            case "WAITING_FOR_DEPOSIT" -> "CANCELED";
            default -> "DONE";
        });
    }

    private interface Change {
        String of(String value);
    }

    private String changed(String body, String field, Change change) {
        try {
            JsonNode root = json.readTree(body);
            Optional<ObjectNode> holder = Stream.of(root, root.path("data"), root.path("entityBody"))
                    .filter(node -> node.path(field).isString())
                    .map(ObjectNode.class::cast)
                    .findFirst();
            holder.ifPresent(node -> node.put(field, change.of(node.path(field).stringValue())));
            return holder.isPresent() ? json.writeValueAsString(root) : body;
        } catch (JacksonException _) {
            // A text made by hand, which says nothing that could be contradicted.
            return body;
        }
    }
}
