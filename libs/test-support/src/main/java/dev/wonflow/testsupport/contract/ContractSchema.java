package dev.wonflow.testsupport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The JSON Schema of an event type. Formats such as {@code date-time} are checked, not only noted. */
public final class ContractSchema {

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final String type;
    private final String text;
    private final Schema schema;

    private ContractSchema(String type, String text, Schema schema) {
        this.type = type;
        this.text = text;
        this.schema = schema;
    }

    /**
     * Looks a schema up by event type.
     *
     * @throws IllegalArgumentException if {@code contracts/schemas} has none
     */
    public static ContractSchema of(String type) {
        String text = files().get(type);
        if (text == null) {
            throw new IllegalArgumentException("type: " + type + " (expected: a file in contracts/schemas)");
        }
        return new ContractSchema(type, text, REGISTRY.getSchema(text));
    }

    /** All event types that have a schema. */
    public static Set<String> types() {
        return files().keySet();
    }

    /** What is wrong with a body, each with its place; empty if the schema accepts it. */
    public List<String> violations(String json) {
        return schema.validate(json, InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    /** Fails unless the schema accepts a body. */
    public void validate(String json) {
        assertThat(violations(json)).as("violations of %s by %s", type, json).isEmpty();
    }

    /** The schema itself, as JSON. */
    String text() {
        return text;
    }

    private static Map<String, String> files() {
        return ContractFiles.json("contracts/schemas/*.json");
    }
}
