package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of codes in {@code docs/problems.md}, compared with the code. */
class ProblemCodesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern MADE = Pattern.compile("new ProblemKind\\(");
    private static final Pattern NAMED = Pattern.compile("new ProblemKind\\(\\s*(\\d{3}),\\s*\"([^\"]+)\"\\)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+\\.[a-z0-9-]+)` \\| (\\d{3}) \\|");

    /** The one place that puts a code together: what HTTP itself refuses has its status for a code. */
    private static final String OF_HTTP = "new ProblemKind(status.value(), \"http.\" + status.value())";

    @Test
    void table_has_every_code_that_is_answered_with_its_status_and_no_other() throws IOException {
        List<String> listed = ROW.matcher(Files.readString(ROOT.resolve("docs/problems.md")))
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
        List<String> used = sources().stream()
                .flatMap(source -> NAMED.matcher(source).results())
                .map(kind -> kind.group(2) + " " + kind.group(1))
                .toList();

        assertThat(listed).hasSizeGreaterThan(30).doesNotHaveDuplicates();
        assertThat(used).as("kinds, each of which is made in one place").doesNotHaveDuplicates();
        assertThat(used).containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void no_kind_of_problem_is_made_so_that_this_test_does_not_see_it() throws IOException {
        List<String> unseen = new ArrayList<>();
        for (String source : sources()) {
            String rest = NAMED.matcher(source.replace(OF_HTTP, "")).replaceAll("");
            if (MADE.matcher(rest).find() || rest.contains("ProblemKind::new")) {
                unseen.add(source.lines()
                        .filter(line -> line.contains("class "))
                        .findFirst()
                        .orElse(source));
            }
        }

        assertThat(unseen).isEmpty();
        assertThat(sources().stream().filter(source -> source.contains("setProperty(\"code\"")))
                .as("places that give a problem its code")
                .hasSize(1);
    }

    @Test
    void code_that_is_not_in_the_table_is_found_out() {
        assertThat(NAMED.matcher("X = new ProblemKind(\n        409, \"mug.taken\");")
                        .results())
                .singleElement()
                .satisfies(kind -> assertThat(kind.group(2)).isEqualTo("mug.taken"));
        assertThat(ROW.matcher("| `mug.taken` | 409 | it is | x |").find()).isTrue();
    }

    /** Of what runs in production: neither of the sandbox, which answers as Toss does, nor of the local issuer. */
    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> all = Files.walk(ROOT)) {
            for (Path file : all.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> {
                        String name = ROOT.relativize(path).toString();
                        return name.contains("src/main/java")
                                && !name.startsWith("toss-sandbox")
                                && !name.startsWith("deploy/issuer");
                    })
                    .toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }
}
