package dev.wonflow.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A body that is as in the document but for one thing.
 *
 * @param field which, as a problem names it
 * @param what is wrong with it
 */
record Excess(String field, String what, ObjectNode body) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Every one that a schema rules out by what it states of fields. */
    static List<Excess> of(JsonNode document, JsonNode content) {
        List<Excess> found = new ArrayList<>();
        ObjectNode example = (ObjectNode) content.get("example");
        collect(document, content.get("schema"), example, "", example, found);
        return found;
    }

    private static void collect(
            JsonNode document, JsonNode schema, ObjectNode place, String prefix, ObjectNode whole, List<Excess> found) {
        JsonNode type = resolved(document, schema);
        for (JsonNode required : type.path("required")) {
            add(found, prefix + required.asString(), "missing", whole, place, body -> body.remove(required.asString()));
        }
        type.path("properties").propertyStream().forEach(property -> {
            String name = property.getKey();
            JsonNode rules = resolved(document, property.getValue());
            String field = prefix + name;
            if (rules.has("maxLength")) {
                String tooLong = "가".repeat(rules.get("maxLength").intValue() + 1);
                add(found, field, "too long", whole, place, body -> body.put(name, tooLong));
                add(found, field, "blank", whole, place, body -> body.put(name, " "));
            }
            if (rules.has("pattern")) {
                add(found, field, "of another form", whole, place, body -> body.put(name, "!"));
            }
            if (rules.has("minimum")) {
                long tooLittle = rules.get("minimum").longValue() - 1;
                add(found, field, "too little", whole, place, body -> body.put(name, tooLittle));
            }
            if (rules.has("maximum")) {
                long tooMuch = rules.get("maximum").longValue() + 1;
                add(found, field, "too much", whole, place, body -> body.put(name, tooMuch));
            }
            if (rules.has("const")) {
                add(found, field, "another one", whole, place, body -> body.put(name, "another"));
            }
            if (rules.has("maxItems")) {
                add(found, field, "too many", whole, place, body -> {
                    JsonNode first = body.get(name).get(0);
                    for (int i = body.get(name).size();
                            i <= rules.get("maxItems").intValue();
                            i++) {
                        body.withArray(name).add(first.deepCopy());
                    }
                });
                add(found, field, "empty", whole, place, body -> body.putArray(name));
            }
            if (place.get(name) instanceof ObjectNode inner) {
                collect(document, property.getValue(), inner, field + ".", whole, found);
            } else if (place.path(name).isArray() && place.path(name).get(0) instanceof ObjectNode first) {
                collect(document, rules.get("items"), first, field + "[0].", whole, found);
            }
        });
    }

    /** The change is made to the example, and taken back once the whole was copied. */
    private static void add(
            List<Excess> found,
            String field,
            String what,
            ObjectNode whole,
            ObjectNode place,
            Consumer<ObjectNode> change) {
        ObjectNode before = place.deepCopy();
        change.accept(place);
        found.add(new Excess(field, what, whole.deepCopy()));
        place.removeAll();
        place.setAll(before);
    }

    private static JsonNode resolved(JsonNode document, JsonNode schema) {
        if (schema.has("$ref")) {
            return document.at(schema.get("$ref").asString().substring(1));
        }
        for (JsonNode one : schema.path("anyOf")) {
            if (one.has("$ref")) {
                return resolved(document, one);
            }
        }
        return schema;
    }

    @Override
    public String toString() {
        return field + " " + what + " in " + JSON.writeValueAsString(body);
    }
}
