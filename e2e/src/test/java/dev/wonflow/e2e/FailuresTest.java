package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of failures names the tests that carry their numbers, and no others. */
class FailuresTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (F\\d+) \\|(?:[^|\\n]+\\|){2}([^|\\n]+)\\|$");
    private static final Pattern CLASS = Pattern.compile("`(\\w+)`");

    /** Written so that this line is none itself. */
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"(F\\d+)\"\\)");

    @Test
    void every_failure_of_the_table_is_tested_where_it_says() throws IOException {
        Map<String, Set<String>> listed = listed(Files.readString(ROOT.resolve("docs/failures.md")));

        assertThat(listed).hasSizeGreaterThanOrEqualTo(17);
        assertThat(tagged(sources())).isEqualTo(listed);
    }

    @Test
    void failure_without_a_test_and_test_without_a_failure_are_found_out() {
        Map<String, Set<String>> listed = listed("""
            | F1 | an answer is lost | unknown | `OneTest`, `OtherIT` |
            | F2 | a webhook comes twice | one effect | `OneTest` |
            """);

        assertThat(listed).containsOnlyKeys("F1", "F2");
        assertThat(tagged(Map.of("OneTest", "@Tag(\"F1\")\n@Test", "OtherIT", "@Tag(\"F1\")")))
                .isNotEqualTo(listed);
        assertThat(tagged(Map.of("OneTest", "@Tag(\"F1\") @Tag(\"F2\")", "OtherIT", "@Tag(\"F1\") @Tag(\"F3\")")))
                .isNotEqualTo(listed);
        assertThat(tagged(Map.of("OneTest", "@Tag(\"F1\") @Tag(\"F2\")", "OtherIT", "@Tag(\"F1\")")))
                .isEqualTo(listed);
    }

    private static SortedMap<String, Set<String>> listed(String table) {
        SortedMap<String, Set<String>> tests = new TreeMap<>();
        for (MatchResult row : ROW.matcher(table).results().toList()) {
            CLASS.matcher(row.group(2))
                    .results()
                    .forEach(test -> tests.computeIfAbsent(row.group(1), _ -> new TreeSet<>())
                            .add(test.group(1)));
        }
        return tests;
    }

    private static SortedMap<String, Set<String>> tagged(Map<String, String> sources) {
        SortedMap<String, Set<String>> tests = new TreeMap<>();
        sources.forEach((test, source) -> TAG.matcher(source)
                .results()
                .forEach(tag -> tests.computeIfAbsent(tag.group(1), _ -> new TreeSet<>())
                        .add(test)));
        return tests;
    }

    /** What the tests say, by their names; those of one name together. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> all = Files.walk(ROOT)) {
            List<Path> tests = all.filter(file -> file.toString().matches(".*/src/test/java/.*(Test|IT|E2E)\\.java"))
                    .filter(file -> !file.endsWith("FailuresTest.java"))
                    .toList();
            for (Path test : tests) {
                sources.merge(
                        test.getFileName().toString().replace(".java", ""), Files.readString(test), String::concat);
            }
        }
        return sources;
    }
}
