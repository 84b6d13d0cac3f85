package dev.wonflow.testsupport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.asyncapi.v3._0_0.model.AsyncAPI;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The AsyncAPI document says what the other contract files say. Its parser is built on Jackson 2. */
class AsyncApiTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode document = document();

    @Test
    void the_document_is_valid_asyncapi_3() throws IOException {
        AsyncAPI parsed = parse(document);

        assertThat(parsed.getAsyncapi()).isEqualTo("3.0.0");
        assertThat(parsed.getInfo().getTitle()).isNotBlank();
        assertThat(parsed.getChannels()).isNotEmpty();
        assertThat(parsed.getOperations()).isNotEmpty();
    }

    @Test
    void the_parser_finds_a_misspelt_word() {
        ObjectNode misspelt = (ObjectNode) document.deepCopy();
        misspelt.set("chanels", misspelt.remove("channels"));

        assertThatThrownBy(() -> parse(misspelt)).hasMessageContaining("chanels");
    }

    @Test
    void the_parser_finds_an_operation_that_neither_sends_nor_receives() {
        ObjectNode wrong = (ObjectNode) document.deepCopy();
        ((ObjectNode) wrong.at("/operations/sendOrderEvents")).put("action", "shout");

        assertThatThrownBy(() -> parse(wrong)).hasMessageContaining("/operations/sendOrderEvents");
    }

    @Test
    void channels_are_exactly_the_declared_topics_with_their_partitions() throws IOException {
        Map<String, Integer> channels = new TreeMap<>();
        for (JsonNode channel : document.get("channels")) {
            channels.put(
                    channel.get("address").asString(),
                    channel.at("/bindings/kafka/partitions").asInt());
        }

        assertThat(channels).isEqualTo(declaredTopics()).isNotEmpty();
    }

    @Test
    void messages_are_exactly_the_event_types_and_each_points_to_its_schema() {
        JsonNode messages = document.at("/components/messages");

        assertThat(names(messages)).isEqualTo(ContractSchema.types());
        messages.propertyStream().forEach(message -> {
            assertThat(message.getValue().get("name").asString()).isEqualTo(message.getKey());
            assertThat(message.getValue().at("/payload/schema/$ref").asString())
                    .isEqualTo("./schemas/" + message.getKey() + ".json");
        });
    }

    @Test
    void each_event_type_travels_on_one_topic_and_on_its_dead_letters() {
        Map<String, Set<String>> topicsByType = new TreeMap<>();
        for (JsonNode channel : document.get("channels")) {
            for (String type : names(channel.get("messages"))) {
                topicsByType
                        .computeIfAbsent(type, _ -> new TreeSet<>())
                        .add(channel.get("address").asString().replace("-dlt", ""));
            }
        }

        assertThat(topicsByType.keySet()).isEqualTo(ContractSchema.types());
        assertThat(topicsByType).allSatisfy((_, topics) -> assertThat(topics).hasSize(1));
    }

    @Test
    void each_channel_is_used_by_an_operation() {
        Set<String> used = new TreeSet<>();
        for (JsonNode operation : document.get("operations")) {
            used.add(operation.at("/channel/$ref").asString());
        }

        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(names(document.get("channels")).stream()
                        .map(name -> "#/channels/" + name)
                        .toList());
    }

    @Test
    void each_reference_leads_somewhere() {
        assertThat(references(document)).hasSizeGreaterThan(40).allMatch(reference -> resolves(document, reference));
    }

    @Test
    void a_reference_to_nothing_is_found() {
        assertThat(resolves(document, "./schemas/payment.eaten.v1.json")).isFalse();
        assertThat(resolves(document, "#/components/messages/payment.eaten.v1")).isFalse();
    }

    /** Parses and writes back: the parser only prints what it cannot read deeper down, and goes on without it. */
    private static AsyncAPI parse(JsonNode document) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        AsyncAPI parsed = mapper.readValue(JSON.writeValueAsString(document), AsyncAPI.class);
        assertThat(lost("", document, JSON.readTree(mapper.writeValueAsString(parsed))))
                .as("what is no AsyncAPI")
                .isEmpty();
        return parsed;
    }

    private static List<String> lost(String path, JsonNode written, JsonNode understood) {
        if (understood.isMissingNode()) {
            return List.of(path);
        }
        List<String> lost = new ArrayList<>();
        written.propertyStream()
                .forEach(field -> lost.addAll(
                        lost(path + "/" + field.getKey(), field.getValue(), understood.path(field.getKey()))));
        return lost;
    }

    private static JsonNode document() {
        YamlMapFactoryBean yaml = new YamlMapFactoryBean();
        yaml.setResources(new ClassPathResource("contracts/asyncapi.yaml"));
        return JSON.valueToTree(yaml.getObject());
    }

    private static Map<String, Integer> declaredTopics() throws IOException {
        Map<String, Integer> topics = new TreeMap<>();
        try (InputStream file = new ClassPathResource("contracts/topics.json").getInputStream()) {
            for (JsonNode topic : JSON.readTree(file).get("topics")) {
                topics.put(topic.get("name").asString(), topic.get("partitions").asInt());
            }
        }
        return topics;
    }

    private static Set<String> names(JsonNode object) {
        return new TreeSet<>(object.propertyNames());
    }

    private static List<String> references(JsonNode node) {
        List<String> references = new ArrayList<>();
        if (node.has("$ref")) {
            references.add(node.get("$ref").asString());
        }
        node.forEach(child -> references.addAll(references(child)));
        return references;
    }

    private static boolean resolves(JsonNode document, String reference) {
        if (reference.startsWith("#")) {
            return !document.at(reference.substring(1)).isMissingNode();
        }
        return new ClassPathResource("contracts/" + reference.replaceFirst("^\\./", "")).exists();
    }
}
