package dev.wonflow.web.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class StrictJsonTest {

    private final JsonMapper json = StrictJson.mapper();

    record Mug(
            @Nullable String name,
            @Nullable Long price,
            int number,
            boolean sold,
            @Nullable Instant at) {}

    record Shelf(List<Mug> mugs) {}

    record Notes(Map<String, String> notes) {}

    record Days(@Nullable List<Integer> days) {}

    record Label(@Nullable UUID id) {}

    @Test
    void document_is_read_and_unknown_members_are_passed_over() {
        Mug mug = json.readValue("""
                {"name": "머그컵 😀", "price": 12000, "number": 2, "sold": true, "at": "2026-01-05T03:00:00Z", "new": [1.5]}
                """.getBytes(UTF_8), Mug.class);

        assertThat(mug).isEqualTo(new Mug("머그컵 😀", 12_000L, 2, true, Instant.parse("2026-01-05T03:00:00Z")));
    }

    @ParameterizedTest
    @Tag("F20")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                "price": 12000.7              | price: of another kind (expected: a whole number)
                "price": 12000.0              | price: of another kind (expected: a whole number)
                "price": 1e4                  | price: of another kind (expected: a whole number)
                "price": "12000"              | price: of another kind (expected: a whole number)
                "price": ""                   | price: of another kind (expected: a whole number)
                "price": true                 | price: of another kind (expected: a whole number)
                "price": [12000]              | price: of another kind (expected: a whole number)
                "price": {}                   | price: of another kind (expected: a whole number)
                "price": 9223372036854775808  | price: too large (expected: a whole number)
                "price": 012                  | body: not readable at line 1, column 1
                "price": NaN                  | body: not readable at line 1, column 1
                "price": 1, "price": 2        | no member twice
                "number": null                | number: of another kind (expected: a whole number)
                "number": 1.0                 | number: of another kind (expected: a whole number)
                "sold": "true"                | sold: of another kind (expected: true or false)
                "sold": 1                     | sold: of another kind (expected: true or false)
                "name": 7                     | name: of another kind (expected: text)
                "name": 7.5                   | name: of another kind (expected: text)
                "name": false                 | name: of another kind (expected: text)
                "name": ["x"]                 | name: of another kind (expected: text)
                "at": "yesterday"             | at: of another kind (expected: a moment
                """)
    void nothing_is_converted_and_the_complaint_names_the_field(String members, String complaint) {
        assertThat(complaintAbout("{" + members + "}", Mug.class)).contains(complaint);
    }

    @Test
    void id_that_is_none_is_refused_with_what_one_looks_like() {
        assertThat(complaintAbout("{\"id\": \"x\"}", Label.class))
                .isEqualTo("id: of another kind (expected: a UUID such as 019b8c18-e380-73c4-af0b-6d4c8e91a001)");
    }

    @Test
    void number_of_any_length_is_refused_without_being_worked_out() {
        assertThat(complaintAbout("{\"price\": 1" + "0".repeat(100_000) + "}", Mug.class))
                .contains("body: not readable");
        assertThat(complaintAbout("{\"price\": 1e999999999}", Mug.class)).contains("price");
    }

    @Test
    void missing_number_is_not_zero_and_missing_flag_is_not_false() {
        assertThat(complaintAbout("{\"sold\": true}", Mug.class)).contains("number");
        assertThat(complaintAbout("{\"number\": 1}", Mug.class)).contains("sold");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                []          | body: of another kind (expected: a JSON object)
                [{}]        | body: of another kind (expected: a JSON object)
                7           | body: of another kind (expected: a JSON object)
                "text"      | body: of another kind (expected: a JSON object)
                true        | body: of another kind (expected: a JSON object)
                {"number":1 | body: not readable at line 1
                {} {}       | expected: one JSON document
                {} x        | expected: one JSON document
                """)
    void what_is_no_object_or_more_than_one_is_refused(String document, String complaint) {
        String expected = complaint.startsWith("expected") ? "(expected:" : complaint;
        assertThat(complaintAbout(document.replace("{}", "{\"number\":1,\"sold\":true}"), Mug.class))
                .contains(expected);
    }

    @Test
    void complaint_names_the_place_in_a_list_and_repeats_nothing_of_the_document() {
        assertThat(complaintAbout(
                        "{\"mugs\": [{\"number\": 1, \"sold\": true}, {\"number\": \"secret\"}]}", Shelf.class))
                .isEqualTo("mugs[1].number: of another kind (expected: a whole number)");
        assertThat(complaintAbout("{\"mugs\": secret}", Shelf.class)).doesNotContain("secret");
    }

    @Test
    void entry_that_is_null_is_refused_wherever_it_is() {
        assertThat(complaintAbout("{\"mugs\": [null]}", Shelf.class)).startsWith("mugs");
        assertThat(complaintAbout("{\"notes\": {\"handle\": null}}", Notes.class))
                .startsWith("notes");
        assertThat(complaintAbout("{\"days\": [1, null]}", Days.class)).startsWith("days");
        assertThat(json.readValue("{\"days\": null}", Days.class).days()).isNull();
    }

    @Test
    void deep_nesting_is_refused() {
        assertThat(complaintAbout("{\"x\": " + "[".repeat(65) + "]".repeat(65) + "}", Mug.class))
                .contains("body: not readable");
    }

    @Test
    void only_utf8_is_text_and_only_in_its_shortest_form() {
        String document = "{\"name\": \"%s\", \"number\": 1, \"sold\": true}";
        byte[][] others = {
            document.formatted("\u00c0\u00af").getBytes(ISO_8859_1), // "/" in two bytes
            document.formatted("\u00c0\u0080").getBytes(ISO_8859_1), // NUL in two bytes
            document.formatted("\u00e0\u0080\u00af").getBytes(ISO_8859_1), // "/" in three
            document.formatted("\u00ed\u00a0\u0080").getBytes(ISO_8859_1), // half a character
            document.formatted("\u00ff").getBytes(ISO_8859_1),
            document.formatted("x").getBytes(UTF_16BE)
        };
        for (byte[] other : others) {
            assertThat(catchThrowableOfType(JacksonException.class, () -> json.readValue(other, Mug.class)))
                    .isNotNull();
            assertThat(catchThrowableOfType(
                            JacksonException.class, () -> json.readValue(new ByteArrayInputStream(other), Mug.class)))
                    .isNotNull();
        }
    }

    private String complaintAbout(String document, Class<?> type) {
        JacksonException refused =
                catchThrowableOfType(JacksonException.class, () -> json.readValue(document.getBytes(UTF_8), type));
        assertThat(refused).as(document).isNotNull();
        return Complaint.about(refused);
    }
}
