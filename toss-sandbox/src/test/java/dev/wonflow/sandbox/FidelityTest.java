package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of FIDELITY.md says how certain it is, and names a test that exists. */
class FidelityTest {

    private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (.+) \\| (.+) \\|");
    private static final Pattern PROOF = Pattern.compile("`(\\w+)#(\\w+)`");

    private record Row(String behaviour, String certainty, String proofs) {}

    @Test
    void every_row_says_how_certain_it_is() throws IOException {
        assertThat(rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.certainty()).isIn("documented", "seen", "assumed"));
    }

    @Test
    void every_row_names_tests_that_exist() throws IOException {
        Map<String, String> tests = tests();

        assertThat(rows()).allSatisfy(row -> {
            List<MatchResult> proofs = proofs(row);
            assertThat(proofs).as(row.behaviour()).isNotEmpty();
            assertThat(proofs)
                    .allSatisfy(proof -> assertThat(tests.getOrDefault(proof.group(1), ""))
                            .as(row.behaviour())
                            .contains("void " + proof.group(2) + "("));
        });
    }

    @Test
    void no_behaviour_is_listed_twice() throws IOException {
        assertThat(rows()).extracting(Row::behaviour).doesNotHaveDuplicates();
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("FIDELITY.md")).stream()
                .dropWhile(line -> !line.startsWith("## "))
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Row(row.group(1), row.group(2), row.group(3)))
                .filter(row ->
                        !row.behaviour().equals("behaviour") && !row.behaviour().startsWith("---"))
                .toList();
    }

    private static List<MatchResult> proofs(Row row) {
        return PROOF.matcher(row.proofs()).results().toList();
    }

    /** Source text of the test classes by their simple names; of the services, those that speak with Toss. */
    private static Map<String, String> tests() {
        return Stream.of(".", "../payment-service", "../webhook-ingest")
                .flatMap(module -> javaFiles(Path.of(module, "src/test/java")))
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".java", ""),
                        FidelityTest::text,
                        (one, other) -> one + other));
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
