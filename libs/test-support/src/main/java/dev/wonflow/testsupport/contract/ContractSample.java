package dev.wonflow.testsupport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message body both sides of a contract agreed on.
 *
 * @param type event type, such as {@code payment.paid.v1}
 * @param name what the sample shows, such as {@code invented-method}
 * @param json the body, as pretty-printed text
 */
public record ContractSample(String type, String name, String json) {

    private static final JsonMapper JSON = new JsonMapper();

    public JsonNode tree() {
        return JSON.readTree(json);
    }

    /** Fails unless {@code written} says exactly what the sample says, whatever the order of its fields. */
    public void assertWrittenAs(String written) {
        ContractSchema.of(type).validate(written);
        assertThat(JSON.readTree(written))
                .as("%s (expected: the sample; a changed contract changes the sample first)", this)
                .isEqualTo(tree());
    }

    @Override
    public String toString() {
        return type + "/" + name;
    }
}
