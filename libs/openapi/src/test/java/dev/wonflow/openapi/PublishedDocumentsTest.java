package dev.wonflow.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents in {@code contracts/openapi}, read by the parser that most tools for OpenAPI are built on. */
class PublishedDocumentsTest {

    private static final Path FOLDER = Path.of("../../contracts/openapi");

    @ParameterizedTest
    @MethodSource("documents")
    void each_document_is_valid_openapi(Path document) throws IOException {
        SwaggerParseResult read = parse(Files.readString(document));

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.isOpenapi31()).isTrue();
    }

    @Test
    void there_is_one_for_each_service() throws IOException {
        assertThat(documents().map(document -> document.getFileName().toString()))
                .containsExactlyInAnyOrder(
                        "order-service.json",
                        "payment-service.json",
                        "subscription-service.json",
                        "webhook-ingest.json");
    }

    @Test
    void the_parser_finds_a_misspelt_word_and_a_parameter_nowhere() throws IOException {
        String text = Files.readString(FOLDER.resolve("order-service.json"));

        assertThat(parse(text.replace("\"responses\"", "\"answers\"")).getMessages())
                .isNotEmpty();
        assertThat(parse(text.replace("\"in\": \"path\"", "\"in\": \"hat\"")).getMessages())
                .isNotEmpty();
    }

    private static SwaggerParseResult parse(String text) {
        return new OpenAPIV3Parser().readContents(text);
    }

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return List.copyOf(all.toList()).stream();
        }
    }
}
