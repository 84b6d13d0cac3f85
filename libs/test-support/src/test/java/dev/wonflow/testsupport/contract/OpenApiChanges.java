package dev.wonflow.testsupport.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a state of the OpenAPI documents does to those who call by an earlier one. What was taken has to be taken still,
 * and what was answered has to be answered still: requests may only get easier, answers only richer. An operation that
 * was published as deprecated may go.
 */
final class OpenApiChanges {

    private static final JsonMapper JSON = new JsonMapper();

    /** Say something to people only. */
    private static final Set<String> WORDS = Set.of("title", "description", "examples", "example", "default");

    /** What a request may not exceed, and what it may not fall below. */
    private static final Set<String> CEILINGS = Set.of("maximum", "maxLength", "maxItems");

    private static final Set<String> FLOORS = Set.of("minimum", "minLength", "minItems");

    private final JsonNode before;
    private final JsonNode now;
    private final List<String> broken = new ArrayList<>();
    private final Set<String> compared = new TreeSet<>();

    private OpenApiChanges(JsonNode before, JsonNode now) {
        this.before = before;
        this.now = now;
    }

    /** Every change that breaks someone, each with the document and the place in it; empty if there is none. */
    static List<String> breaking(Path before, Path now) {
        List<String> broken = new ArrayList<>();
        Map<String, JsonNode> documents = read(now);
        read(before).forEach((name, document) -> {
            JsonNode changed = documents.get(name);
            if (changed == null) {
                broken.add(name + " (expected: a published document stays)");
            } else {
                new OpenApiChanges(document, changed).operations().forEach(change -> broken.add(name + ": " + change));
            }
        });
        return broken;
    }

    private List<String> operations() {
        before.get("paths")
                .propertyStream()
                .forEach(path -> path.getValue().propertyStream().forEach(method -> {
                    String name = method.getKey() + " " + path.getKey();
                    JsonNode changed = now.get("paths").path(path.getKey()).path(method.getKey());
                    if (!changed.isMissingNode()) {
                        operation(name, method.getValue(), changed);
                    } else if (!method.getValue().path("deprecated").asBoolean(false)) {
                        broken.add(name + " (expected: a published operation stays, or was deprecated before)");
                    }
                }));
        return broken;
    }

    private void operation(String name, JsonNode old, JsonNode changed) {
        if (!old.path("operationId").equals(changed.path("operationId"))) {
            broken.add(
                    name + ": operationId (expected: " + old.path("operationId").asString() + ")");
        }
        security(name, old.path("security"), changed.path("security"));
        parameters(name, old.path("parameters"), changed.path("parameters"));
        body(name, old.path("requestBody"), changed.path("requestBody"));
        old.path("responses").propertyStream().forEach(answer -> {
            JsonNode other = changed.path("responses").path(answer.getKey());
            String place = name + " " + answer.getKey();
            if (other.isMissingNode()) {
                broken.add(place + " (expected: a published status stays)");
                return;
            }
            answer.getValue().path("content").propertyStream().forEach(content -> {
                JsonNode same = other.path("content").path(content.getKey());
                if (same.isMissingNode()) {
                    broken.add(place + " " + content.getKey() + " (expected: a published kind of body stays)");
                } else {
                    answered(place, content.getValue().path("schema"), same.path("schema"));
                }
            });
        });
    }

    /** Each entry is enough by itself, and none at all lets everybody in. */
    private void security(String name, JsonNode old, JsonNode changed) {
        Set<JsonNode> ways = changed.valueStream().collect(Collectors.toSet());
        boolean open = changed.isEmpty();
        if (!open && (old.isEmpty() || !old.valueStream().allMatch(ways::contains))) {
            broken.add(name + ": security " + changed + " (expected: whoever could call it still can, by " + old + ")");
        }
    }

    private void parameters(String name, JsonNode old, JsonNode changed) {
        Map<String, JsonNode> earlier = byName(before, old);
        Map<String, JsonNode> later = byName(now, changed);
        earlier.forEach((parameter, rules) -> {
            JsonNode other = later.get(parameter);
            if (other == null) {
                broken.add(name + ": " + parameter + " (expected: a published parameter stays)");
                return;
            }
            if (isRequired(other) && !isRequired(rules)) {
                broken.add(name + ": " + parameter + " (expected: as optional as it was)");
            }
            sent(name + ": " + parameter, rules.path("schema"), other.path("schema"));
        });
        later.forEach((parameter, rules) -> {
            if (isRequired(rules) && !earlier.containsKey(parameter)) {
                broken.add(name + ": " + parameter + " (expected: a new parameter is optional)");
            }
        });
    }

    private static Map<String, JsonNode> byName(JsonNode document, JsonNode parameters) {
        Map<String, JsonNode> named = new TreeMap<>();
        for (JsonNode each : parameters) {
            JsonNode parameter = resolved(document, each);
            named.put(
                    parameter.get("in").asString() + " " + parameter.get("name").asString(), parameter);
        }
        return named;
    }

    private static boolean isRequired(JsonNode parameter) {
        return parameter.path("required").asBoolean(false);
    }

    private void body(String name, JsonNode old, JsonNode changed) {
        if (old.isMissingNode()) {
            if (changed.path("required").asBoolean(false)) {
                broken.add(name + ": body (expected: none is needed)");
            }
            return;
        }
        old.path("content").propertyStream().forEach(content -> {
            JsonNode other = changed.path("content").path(content.getKey());
            if (other.isMissingNode()) {
                broken.add(name + ": body " + content.getKey() + " (expected: a published kind of body stays)");
            } else {
                sent(name + ": body", content.getValue().path("schema"), other.path("schema"));
            }
        });
    }

    /** Whatever fitted the old rules has to fit the new ones. */
    private void sent(String place, JsonNode oldRules, JsonNode newRules) {
        JsonNode old = resolved(before, oldRules);
        JsonNode changed = resolved(now, newRules);
        for (String added : minus(texts(changed.path("required")), texts(old.path("required")))) {
            broken.add(place + "/" + added + " (expected: as optional as it was)");
        }
        for (String list : List.of("type", "enum")) {
            Set<String> fewer = minus(texts(old.path(list)), texts(changed.path(list)));
            if (!fewer.isEmpty() && changed.has(list)) {
                broken.add(place + ": " + list + " (expected: " + fewer + " as well)");
            }
            if (!old.has(list) && changed.has(list)) {
                broken.add(place + ": " + list + " (expected: any)");
            }
        }
        changed.propertyStream().forEach(rule -> {
            JsonNode earlier = old.path(rule.getKey());
            boolean stricter = switch (rule.getKey()) {
                case String limit
                when CEILINGS.contains(limit) ->
                    earlier.isMissingNode() || number(rule.getValue()).compareTo(number(earlier)) < 0;
                case String limit
                when FLOORS.contains(limit) ->
                    earlier.isMissingNode() || number(rule.getValue()).compareTo(number(earlier)) > 0;
                case "properties", "items", "required", "type", "enum", "anyOf", "$ref" -> false;
                case String words when WORDS.contains(words) -> false;
                default -> !rule.getValue().equals(earlier);
            };
            if (stricter) {
                broken.add(place + ": " + rule.getKey() + " " + rule.getValue() + " (expected: not stricter than "
                        + (earlier.isMissingNode() ? "none" : earlier) + ")");
            }
        });
        if (once("sent", oldRules)) {
            old.path("properties").propertyStream().forEach(field -> {
                JsonNode other = changed.path("properties").path(field.getKey());
                if (other.isMissingNode()) {
                    broken.add(place + "/" + field.getKey() + " (expected: a published field stays)");
                } else {
                    sent(place + "/" + field.getKey(), field.getValue(), other);
                }
            });
            for (int i = 0; i < old.path("anyOf").size(); i++) {
                sent(place, old.path("anyOf").get(i), changed.path("anyOf").path(i));
            }
            if (old.has("items") && changed.has("items")) {
                sent(place + "[]", old.get("items"), changed.get("items"));
            }
        }
    }

    /** Whoever reads by the old rules has to find what they promise. */
    private void answered(String place, JsonNode oldRules, JsonNode newRules) {
        JsonNode old = resolved(before, oldRules);
        JsonNode changed = resolved(now, newRules);
        for (String gone : minus(texts(old.path("required")), texts(changed.path("required")))) {
            broken.add(place + "/" + gone + " (expected: there as before)");
        }
        for (String added : minus(texts(changed.path("type")), texts(old.path("type")))) {
            broken.add(place + ": type " + added + " (expected: " + old.path("type") + ")");
        }
        for (String rule : List.of("format", "const", "x-unit")) {
            if (!old.path(rule).equals(changed.path(rule)) && old.has(rule)) {
                broken.add(place + ": " + rule + " (expected: " + old.path(rule) + ")");
            }
        }
        if (once("answered", oldRules)) {
            for (String keyword : List.of("allOf", "anyOf")) {
                for (int i = 0; i < old.path(keyword).size(); i++) {
                    answered(
                            place,
                            old.path(keyword).get(i),
                            changed.path(keyword).path(i));
                }
            }
            old.path("properties").propertyStream().forEach(field -> {
                JsonNode other = changed.path("properties").path(field.getKey());
                if (other.isMissingNode()) {
                    broken.add(place + "/" + field.getKey() + " (expected: a published field stays)");
                } else {
                    answered(place + "/" + field.getKey(), field.getValue(), other);
                }
            });
            if (old.has("items")) {
                answered(place + "[]", old.get("items"), changed.path("items"));
            }
        }
    }

    /** What many operations share is compared for the first of them. */
    private boolean once(String how, JsonNode rules) {
        return !rules.has("$ref") || compared.add(how + " " + rules.get("$ref").asString());
    }

    private static JsonNode resolved(JsonNode document, JsonNode rules) {
        return rules.has("$ref") ? document.at(rules.get("$ref").asString().substring(1)) : rules;
    }

    private static BigDecimal number(JsonNode limit) {
        return limit.decimalValue();
    }

    private static Set<String> texts(JsonNode oneOrMany) {
        return oneOrMany.isArray()
                ? oneOrMany.valueStream().map(JsonNode::asString).collect(Collectors.toCollection(TreeSet::new))
                : oneOrMany.isMissingNode() ? Set.of() : Set.of(oneOrMany.asString());
    }

    private static Set<String> minus(Set<String> all, Set<String> those) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(those);
        return rest;
    }

    private static Map<String, JsonNode> read(Path contracts) {
        Map<String, JsonNode> documents = new TreeMap<>();
        Path folder = contracts.resolve("openapi");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                all.forEach(file -> documents.put(String.valueOf(file.getFileName()), JSON.readTree(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return documents;
    }
}
