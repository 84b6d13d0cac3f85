package dev.wonflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents that point into the project must not point past it. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** A class name in code font, perhaps with a nested one; constants in capitals are not meant. */
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.([A-Z]\\w*))?`");

    /** A constant of the kinds of incidents. */
    private static final Pattern KIND = Pattern.compile("(?m)^        ([A-Z]+_[A-Z_]+|[A-Z]+)[,;]?$");

    /** An incident of an order. */
    private static final Pattern NOTE = Pattern.compile("static final String ([A-Z_]+) =");

    /** An incident of something else. */
    private static final Pattern ALERT = Pattern.compile("\"([A-Z_]+)\",\\s+IncidentReport\\.Urgency");

    private static final Pattern METRIC = Pattern.compile("\\b(wonflow_(?!dlt_)[a-z_]+)");

    /** The group of a consumer in its class, and in the list of all. */
    private static final Pattern GROUP = Pattern.compile("String CONSUMER = \"([^\"]+)\"");

    private static final Pattern LISTED = Pattern.compile("(?m)^\\| `([a-z.-]+)` \\|.*\\| ([^|]*) \\|$");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @Test
    void every_class_the_walkthrough_names_exists() throws IOException {
        Map<String, List<Path>> sources = sources();
        String walkthrough = Files.readString(ROOT.resolve("docs/walkthrough.md"));
        List<MatchResult> named = CLASS.matcher(walkthrough).results().toList();

        assertThat(named).hasSizeGreaterThan(30);
        assertThat(missing(named, sources)).isEmpty();
    }

    @Test
    void a_class_that_does_not_exist_is_found_out() throws IOException {
        List<MatchResult> named = CLASS.matcher("`Outbox`, `NoSuchThing`, `Outbox.NoSuchPart`")
                .results()
                .toList();

        assertThat(missing(named, sources())).containsExactly("NoSuchThing", "Outbox.NoSuchPart");
    }

    @Test
    void list_of_consumers_has_every_listener_of_every_service_and_tests_there_are() throws IOException {
        List<String> consumers = new ArrayList<>();
        for (List<Path> files : sources().values()) {
            for (Path file : files) {
                String source = Files.readString(file);
                if (source.contains("    @KafkaListener(")) {
                    assertThat(GROUP.matcher(source).results()).as("%s", file).hasSize(1);
                    GROUP.matcher(source).results().map(group -> group.group(1)).forEach(consumers::add);
                }
            }
        }
        List<MatchResult> listed = LISTED.matcher(Files.readString(ROOT.resolve("docs/consumers.md")))
                .results()
                .toList();

        assertThat(listed).extracting(row -> row.group(1)).containsExactlyInAnyOrderElementsOf(consumers);
        assertThat(listed)
                .allSatisfy(row -> assertThat(
                                CLASS.matcher(row.group(2)).results().map(test -> test.group(1) + ".java"))
                        .isNotEmpty()
                        .isSubsetOf(tests()));
    }

    @Test
    void every_relative_link_of_a_document_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : files(".md")) {
            LINK.matcher(Files.readString(document))
                    .results()
                    .map(link -> link.group(1).strip())
                    .filter(link -> !Files.exists(document.resolveSibling(link)))
                    .forEach(link -> broken.add(ROOT.relativize(document) + " -> " + link));
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void runbook_says_what_to_do_about_every_incident() throws IOException {
        String runbook = Files.readString(ROOT.resolve("docs/runbook.md"));
        List<String> kinds = new ArrayList<>();
        for (Path incident : sources().getOrDefault("Incident.java", List.of())) {
            KIND.matcher(Files.readString(incident))
                    .results()
                    .map(kind -> kind.group(1))
                    .forEach(kinds::add);
        }
        Path note = sources().getOrDefault("PaymentNote.java", List.of()).getFirst();
        NOTE.matcher(Files.readString(note))
                .results()
                .map(kind -> kind.group(1))
                .forEach(kinds::add);

        for (List<Path> files : sources().values()) {
            for (Path file : files) {
                ALERT.matcher(Files.readString(file))
                        .results()
                        .map(kind -> kind.group(1))
                        .forEach(kinds::add);
            }
        }

        assertThat(kinds).contains("CHARGES_REFUSED").hasSizeGreaterThan(15);
        assertThat(kinds).allSatisfy(kind -> assertThat(runbook).contains("`" + kind + "`"));
    }

    @Test
    void runbook_names_metrics_there_are() throws IOException {
        StringBuilder code = new StringBuilder();
        for (List<Path> files : sources().values()) {
            for (Path file : files) {
                code.append(Files.readString(file));
            }
        }
        List<String> metrics = METRIC.matcher(Files.readString(ROOT.resolve("docs/runbook.md")))
                .results()
                .map(metric -> metric.group(1)
                        .replaceFirst("_(seconds|bytes|total)$", "")
                        .replace('_', '.'))
                .distinct()
                .toList();

        assertThat(metrics).hasSizeGreaterThan(8);
        assertThat(metrics).allSatisfy(metric -> assertThat(code).contains("\"" + metric + "\""));
    }

    private static List<String> missing(List<MatchResult> named, Map<String, List<Path>> sources) throws IOException {
        List<String> missing = new ArrayList<>();
        for (MatchResult name : named) {
            if (!exists(sources.getOrDefault(name.group(1) + ".java", List.of()), name.group(2))) {
                missing.add(name.group().replace("`", ""));
            }
        }
        return missing;
    }

    private static boolean exists(List<Path> files, String nested) throws IOException {
        if (nested == null) {
            return !files.isEmpty();
        }
        Pattern declaration = Pattern.compile("\\b(class|record|interface|enum) " + nested + "\\b");
        for (Path file : files) {
            if (declaration.matcher(Files.readString(file)).find()) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, List<Path>> sources() throws IOException {
        return files(".java").stream()
                .filter(file -> file.toString().contains("src/main/java"))
                .collect(Collectors.groupingBy(file -> file.getFileName().toString()));
    }

    private static List<String> tests() throws IOException {
        return files(".java").stream()
                .filter(file -> file.toString().contains("src/test/java"))
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .filter(file ->
                            !ROOT.relativize(file).toString().matches("(.*/)?(target|node_modules|\\.[^/]+)/.*"))
                    .toList();
        }
    }
}
