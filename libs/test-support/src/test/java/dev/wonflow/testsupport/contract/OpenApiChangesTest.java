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

class OpenApiChangesTest {

    private static final String DOCUMENT = """
            {"paths": {
               "/mugs": {"get": {
                 "operationId": "listMugs", "security": [],
                 "parameters": [{"name": "glaze", "in": "query", "schema": {"type": "string", "maxLength": 20}}],
                 "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Mug"}}}}}}},
               "/mugs/{id}": {"post": {
                 "operationId": "sellMug", "security": [{"token": ["mug:sell"]}],
                 "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                 "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Sale"}}}},
                 "responses": {"201": {}, "409": {}}}}},
             "components": {"schemas": {
               "Mug": {"type": "object", "required": ["mugId", "glaze"], "properties": {
                 "mugId": {"type": "string", "format": "uuid", "description": "Mug"}, "glaze": {"type": "string"}}},
               "Sale": {"type": "object", "required": ["amount"], "properties": {
                 "amount": {"type": "integer", "minimum": 100},
                 "note": {"type": ["string", "null"], "maxLength": 40}}}}}}
            """;

    @TempDir
    Path before;

    @TempDir
    Path now;

    @BeforeEach
    void both_have_the_same_document() throws IOException {
        write(before, DOCUMENT);
        write(now, DOCUMENT);
    }

    @Test
    void what_stays_the_same_breaks_nobody() {
        assertThat(ContractChanges.breaking(before, now)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "description": "Mug"          | "description": "Which mug"
            "minimum": 100                | "minimum": 1
            "maxLength": 40               | "maxLength": 400
            "maxLength": 20               | "maxLength": 21
            "required": ["amount"]        | "required": []
            "glaze": {"type": "string"}   | "glaze": {"type": "string"}, "color": {"type": "string"}
            {"token": ["mug:sell"]}       | {"token": ["mug:sell"]}, {"token": ["shop:sell"]}
            {"token": ["mug:sell"]}       |
            "409": {}                     | "409": {}, "402": {}
            "note":                       | "color": {"type": "string"}, "note":
            """)
    void what_takes_more_and_answers_more_breaks_nobody(String old, String changed) throws IOException {
        rewrite(old, changed == null ? "" : changed);

        assertThat(ContractChanges.breaking(before, now)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "/mugs": {"get"               | "/cups": {"get"                   | get /mugs (
            "listMugs"                    | "mugs"                            | get /mugs: operationId
            "security": []                | "security": [{"token": []}]       | get /mugs: security
            ["mug:sell"]                  | ["shop:sell"]                     | post /mugs/{id}: security
            "name": "glaze"               | "name": "color"                   | get /mugs: query glaze
            "in": "query"                 | "in": "query", "required": true   | get /mugs: query glaze
            "maxLength": 20               | "maxLength": 19                   | get /mugs: query glaze: maxLength 19
            "minimum": 100                | "minimum": 200                    | post /mugs/{id}: body/amount: minimum 200
            "minimum": 100                | "minimum": 100, "maximum": 1000   | post /mugs/{id}: body/amount: maximum 1000
            "minimum": 100                | "minimum": 100, "multipleOf": 10  | post /mugs/{id}: body/amount: multipleOf 10
            ["string", "null"]            | "string"                          | post /mugs/{id}: body/note: type
            "note"                        | "words"                           | post /mugs/{id}: body/note
            "required": ["amount"]        | "required": ["amount", "note"]    | post /mugs/{id}: body/note
            "409": {}                     | "410": {}                         | post /mugs/{id} 409
            "201": {}                     | "200": {}                         | post /mugs/{id} 201
            ["mugId", "glaze"]            | ["mugId"]                         | get /mugs 200/glaze
            "format": "uuid"              | "format": "ulid"                  | get /mugs 200/mugId: format
            "glaze": {"type": "string"}   | "glaze": {"type": "integer"}      | get /mugs 200/glaze: type
            "glaze": {"type": "string"}   | "color": {"type": "string"}       | get /mugs 200/glaze
            """)
    void what_takes_or_promises_less_is_found_where_it_is(String old, String changed, String place) throws IOException {
        rewrite(old, changed);

        assertThat(ContractChanges.breaking(before, now))
                .isNotEmpty()
                .first()
                .asString()
                .startsWith("mug-service.json: " + place);
    }

    @Test
    void an_operation_may_go_once_it_was_deprecated() throws IOException {
        String gone = DOCUMENT.replace("\"/mugs\": {\"get\"", "\"/cups\": {\"get\"");
        write(
                before,
                DOCUMENT.replace(
                        "\"operationId\": \"listMugs\"", "\"operationId\": \"listMugs\", \"deprecated\": true"));
        write(now, gone);

        assertThat(ContractChanges.breaking(before, now)).isEmpty();
    }

    @Test
    void a_document_that_is_gone_is_missed() throws IOException {
        Files.delete(now.resolve("openapi/mug-service.json"));

        assertThat(ContractChanges.breaking(before, now))
                .singleElement()
                .asString()
                .startsWith("mug-service.json");
    }

    private void rewrite(String old, String changed) throws IOException {
        assertThat(DOCUMENT).contains(old);
        write(now, DOCUMENT.replace(old, changed));
    }

    private static void write(Path contracts, String text) throws IOException {
        Files.createDirectories(contracts.resolve("openapi"));
        Files.writeString(contracts.resolve("openapi/mug-service.json"), text);
    }
}
