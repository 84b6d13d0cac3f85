package dev.wonflow.testsupport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ContractsTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void each_schema_has_a_sample_and_each_sample_a_schema() throws IOException {
        Set<String> sampled = new TreeSet<>();
        for (Resource sample :
                new PathMatchingResourcePatternResolver().getResources("classpath*:contracts/samples/*/*.json")) {
            sampled.add(Arrays.asList(sample.getURL().getPath().split("/"))
                    .reversed()
                    .get(1));
        }

        assertThat(sampled).isEqualTo(ContractSchema.types()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("types")
    void each_schema_is_valid_and_named_after_its_event_type(String type) {
        String text = ContractSchema.of(type).text();
        JsonNode schema = JSON.readTree(text);

        assertThat(schema.get("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.get("$id").asString()).isEqualTo("urn:wonflow:schema:" + type);
        assertThat(type).matches("[a-z]+\\.[a-z-]+\\.v[1-9]");
        assertThat(metaSchemaErrors(text)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void each_field_is_described_and_each_schema_lets_new_fields_pass(String type) {
        JsonNode schema = JSON.readTree(ContractSchema.of(type).text());

        assertThat(schema.get("additionalProperties").asBoolean()).isTrue();
        assertThat(schema.get("description").asString()).isNotBlank();
        schema.get("properties")
                .propertyStream()
                .forEach(
                        field -> assertThat(field.getValue().path("description").asString(""))
                                .as("description of %s in %s", field.getKey(), type)
                                .isNotBlank());
    }

    @Test
    void the_check_of_schemas_finds_a_wrong_one() {
        assertThat(metaSchemaErrors("{\"type\": \"object\", \"required\": \"amount\"}"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void each_sample_is_accepted_by_its_schema(ContractSample sample) {
        assertThat(ContractSchema.of(sample.type()).violations(sample.json())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void each_sample_is_still_accepted_when_a_field_is_added(ContractSample sample) {
        ObjectNode later = (ObjectNode) sample.tree();
        later.put("addedNextYear", true);

        assertThat(ContractSchema.of(sample.type()).violations(JSON.writeValueAsString(later)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            payment.paid.v1         | card         | amount      | 0
            payment.paid.v1         | card         | amount      | 1.5
            payment.paid.v1         | card         | amount      | "33000"
            payment.paid.v1         | card         | currency    | "USD"
            payment.paid.v1         | card         | paymentId   | "not-a-uuid"
            payment.paid.v1         | card         | approvedAt  | "2026-01-05T12:00:32+09:00"
            payment.paid.v1         | card         | approvedAt  | "yesterday"
            payment.paid.v1         | card         | paymentKey  | null
            payment.refunded.v1     | in-full      | balanceAmount | 1
            order.placed.v1         | two-articles | items       | []
            order.placed.v1         | two-articles | orderName   | ""
            order.cancelled.v1      | expired      | reason      | "expired, I think"
            checkout.requested.v1   | two-articles | amount      | -1
            checkout.requested.v1   | two-articles | currency    | "WON"
            """)
    void a_wrong_value_is_refused(String type, String name, String field, String value) {
        ObjectNode body = (ObjectNode) ContractSamples.of(type, name).tree();
        body.set(field, JSON.readTree(value));

        assertThat(ContractSchema.of(type).violations(JSON.writeValueAsString(body)))
                .anyMatch(violation -> violation.contains(field));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_missing_required_field_is_refused(ContractSample sample) {
        JsonNode schema = JSON.readTree(ContractSchema.of(sample.type()).text());
        for (JsonNode required : schema.path("required")) {
            ObjectNode body = (ObjectNode) sample.tree();
            body.remove(required.asString());

            assertThat(ContractSchema.of(sample.type()).violations(JSON.writeValueAsString(body)))
                    .as("%s without %s", sample, required)
                    .isNotEmpty();
        }
    }

    @Test
    void a_producer_that_writes_something_else_than_the_sample_fails() {
        ContractSample sample = ContractSamples.of("order.shipped.v1", "shipped");
        sample.assertWrittenAs(sample.json());
        ObjectNode other = (ObjectNode) sample.tree();
        other.put("tenantId", "someone-else");

        assertThatThrownBy(() -> sample.assertWrittenAs(JSON.writeValueAsString(other)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("order.shipped.v1/shipped");
    }

    @Test
    void unknown_types_and_samples_are_named() {
        assertThatThrownBy(() -> ContractSamples.of("order.eaten.v1")).hasMessageContaining("type: order.eaten.v1");
        assertThatThrownBy(() -> ContractSchema.of("order.eaten.v1")).hasMessageContaining("type: order.eaten.v1");
        assertThatThrownBy(() -> ContractSamples.of("order.shipped.v1", "lost"))
                .hasMessageContaining("sample: order.shipped.v1/lost");
    }

    static Set<String> types() {
        return ContractSchema.types();
    }

    static Stream<ContractSample> samples() {
        return types().stream().map(ContractSamples::of).flatMap(List::stream);
    }

    private static List<?> metaSchemaErrors(String schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(schema, InputFormat.JSON);
    }
}
