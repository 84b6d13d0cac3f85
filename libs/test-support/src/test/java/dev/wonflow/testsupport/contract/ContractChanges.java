package dev.wonflow.testsupport.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a state of the contracts does to those who rely on an earlier one. A published event type may get optional
 * fields and other words of explanation, and nothing else; a published sample stays as it is; a topic keeps its
 * partitions. What HTTP answers is {@link OpenApiChanges}'s.
 */
final class ContractChanges {

    private static final JsonMapper JSON = new JsonMapper();
    /** Says something to people only. */
    private static final Set<String> WORDS = Set.of("title", "description", "examples", "$comment");

    private ContractChanges() {}

    /** Every change that breaks someone, each with the file and the place in it; empty if there is none. */
    static List<String> breaking(Path before, Path now) {
        List<String> broken = new ArrayList<>();
        Map<String, JsonNode> schemas = read(now, "schemas");
        read(before, "schemas").forEach((file, schema) -> {
            JsonNode changed = schemas.get(file);
            if (changed == null) {
                broken.add(file + " (expected: a published event type stays)");
            } else {
                compare(file, schema, changed, broken);
            }
        });
        Map<String, JsonNode> samples = read(now, "samples");
        read(before, "samples").forEach((file, sample) -> {
            if (!sample.equals(samples.get(file))) {
                broken.add(file + " (expected: a published sample stays as it is)");
            }
        });
        Map<String, JsonNode> topics = topics(now);
        topics(before).forEach((name, partitions) -> {
            if (!partitions.equals(topics.get(name))) {
                broken.add(
                        "topics.json: " + name + " (expected: a published topic with " + partitions + " partitions)");
            }
        });
        broken.addAll(OpenApiChanges.breaking(before, now));
        return broken;
    }

    private static void compare(String place, JsonNode before, JsonNode now, List<String> broken) {
        if (!withoutProperties(before).equals(withoutProperties(now))) {
            broken.add(place + " (expected: the rules as they were; anything else is a new version)");
        }
        before.path("properties").propertyStream().forEach(property -> {
            String field = place + "/" + property.getKey();
            JsonNode changed = now.path("properties").path(property.getKey());
            if (changed.isMissingNode()) {
                broken.add(field + " (expected: a published field stays)");
            } else {
                compare(field, property.getValue(), changed, broken);
            }
        });
        if (before.path("items").isObject() && now.path("items").isObject()) {
            compare(place + "[]", before.get("items"), now.get("items"), broken);
        }
    }

    /** The rules at one place: without words, and without the fields and items, which have places of their own. */
    private static JsonNode withoutProperties(JsonNode schema) {
        if (!(schema instanceof ObjectNode rules)) {
            return schema;
        }
        ObjectNode kept = rules.deepCopy();
        kept.remove(WORDS);
        kept.remove("properties");
        if (kept.path("items").isObject()) {
            kept.remove("items");
        }
        // Their order says nothing.
        for (String list : List.of("required", "enum", "type")) {
            if (kept.get(list) instanceof ArrayNode values) {
                ArrayNode sorted = JSON.createArrayNode();
                values.valueStream().map(JsonNode::asString).sorted().forEach(sorted::add);
                kept.set(list, sorted);
            }
        }
        return kept;
    }

    private static Map<String, JsonNode> topics(Path contracts) {
        Map<String, JsonNode> partitions = new HashMap<>();
        Path file = contracts.resolve("topics.json");
        if (Files.exists(file)) {
            parse(file)
                    .path("topics")
                    .forEach(topic -> partitions.put(topic.get("name").asString(), topic.get("partitions")));
        }
        return partitions;
    }

    private static Map<String, JsonNode> read(Path contracts, String folder) {
        Path root = contracts.resolve(folder);
        Map<String, JsonNode> files = new TreeMap<>();
        if (Files.isDirectory(root)) {
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(file -> file.toString().endsWith(".json"))
                        .forEach(file -> files.put(contracts.relativize(file).toString(), parse(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private static JsonNode parse(Path file) {
        return JSON.readTree(file);
    }
}
