package dev.wonflow.testsupport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractChangesTest {

    private static final String SCHEMA = """
            {"type": "object", "description": "A mug was sold.", "required": ["mugId", "amount"],
             "properties": {
               "mugId": {"type": "string", "description": "Mug"},
               "amount": {"type": "integer", "minimum": 1},
               "glaze": {"type": ["string", "null"]},
               "parts": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}}},
             "additionalProperties": true}
            """;

    @TempDir
    Path before;

    @TempDir
    Path now;

    @BeforeEach
    void both_have_the_same_contracts() throws IOException {
        for (Path contracts : new Path[] {before, now}) {
            write(contracts, "schemas/mug.sold.v1.json", SCHEMA);
            write(contracts, "samples/mug.sold.v1/blue.json", "{\"mugId\": \"mug-1\", \"amount\": 12000}");
            write(
                    contracts,
                    "topics.json",
                    "{\"topics\": [{\"name\": \"mug.events\", \"partitions\": 6, \"retention\": \"P7D\"}]}");
        }
    }

    /** What main had is handed in by {@code .ci/run}; without it there is nothing to compare with but itself. */
    @Test
    void the_contracts_break_nobody_who_relies_on_those_of_main() {
        Path contracts = Path.of("../../contracts");
        Path ofMain = Path.of(System.getProperty("wonflow.contracts.before", contracts.toString()));

        assertThat(ofMain.resolve("schemas")).isDirectory();
        assertThat(ContractChanges.breaking(ofMain, contracts)).isEmpty();
    }

    @Test
    void what_stays_the_same_breaks_nobody() {
        assertThat(ContractChanges.breaking(before, now)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A mug was sold.                     | A mug went over the counter.
            "glaze":                            | "price": {"type": "integer"}, "glaze":
            {"name": {"type": "string"}}        | {"name": {"type": "string"}, "color": {"type": "string"}}
            ["mugId", "amount"]                 | ["amount", "mugId"]
            """)
    void an_optional_field_and_other_words_break_nobody(String old, String changed) throws IOException {
        rewrite(old, changed);

        assertThat(ContractChanges.breaking(before, now)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "minimum": 1                        | "minimum": 2                     | mug.sold.v1.json/amount
            ["mugId", "amount"]                 | ["mugId"]                        | mug.sold.v1.json
            ["mugId", "amount"]                 | ["mugId", "amount", "glaze"]     | mug.sold.v1.json
            ["string", "null"]                  | "string"                         | mug.sold.v1.json/glaze
            "glaze"                             | "color"                          | mug.sold.v1.json/glaze
            {"name": {"type": "string"}}        | {"name": {"type": "integer"}}    | mug.sold.v1.json/parts[]/name
            "additionalProperties": true        | "additionalProperties": false    | mug.sold.v1.json
            """)
    void any_other_change_of_a_schema_is_found_where_it_is(String old, String changed, String place)
            throws IOException {
        rewrite(old, changed);

        assertThat(ContractChanges.breaking(before, now))
                .singleElement()
                .asString()
                .startsWith("schemas/" + place + " ");
    }

    @ParameterizedTest
    @CsvSource({"schemas/mug.sold.v1.json", "samples/mug.sold.v1/blue.json"})
    void a_file_that_is_gone_is_missed(String file) throws IOException {
        Files.delete(now.resolve(file));

        assertThat(ContractChanges.breaking(before, now))
                .singleElement()
                .asString()
                .startsWith(file);
    }

    @Test
    void an_edited_sample_is_found_and_a_new_one_is_fine() throws IOException {
        write(now, "samples/mug.sold.v1/red.json", "{\"mugId\": \"mug-2\", \"amount\": 1}");
        assertThat(ContractChanges.breaking(before, now)).isEmpty();

        write(now, "samples/mug.sold.v1/blue.json", "{\"mugId\": \"mug-1\", \"amount\": 1}");
        assertThat(ContractChanges.breaking(before, now))
                .singleElement()
                .asString()
                .startsWith("samples/mug.sold.v1/blue.json");
    }

    @Test
    void a_topic_keeps_its_name_and_its_partitions_but_not_its_retention() throws IOException {
        write(now, "topics.json", "{\"topics\": [{\"name\": \"mug.events\", \"partitions\": 6}]}");
        assertThat(ContractChanges.breaking(before, now)).isEmpty();

        write(now, "topics.json", "{\"topics\": [{\"name\": \"mug.events\", \"partitions\": 12}]}");
        assertThat(ContractChanges.breaking(before, now))
                .singleElement()
                .asString()
                .contains("mug.events");
    }

    private void rewrite(String old, String changed) throws IOException {
        assertThat(SCHEMA).contains(old);
        write(now, "schemas/mug.sold.v1.json", SCHEMA.replace(old, changed));
    }

    private static void write(Path contracts, String name, String text) throws IOException {
        Path file = contracts.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
