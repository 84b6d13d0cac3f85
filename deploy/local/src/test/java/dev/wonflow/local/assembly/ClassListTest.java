package dev.wonflow.local.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of classes that are archived before the first start. */
class ClassListTest {

    private static final Path LIST = Path.of("src/main/resources/dev/wonflow/local/archive/classes.txt");

    @Test
    void list_has_classes_for_every_program_of_the_stack() throws IOException {
        List<String> lines = Files.readAllLines(LIST);

        assertThat(lines.stream()
                        .filter(line -> line.startsWith("["))
                        .flatMap(line -> Arrays.stream(
                                line.substring(1, line.length() - 1).split(" ", -1)))
                        .distinct())
                .containsExactlyInAnyOrder("issuer", "kafka", "services-with-data", "toss-sandbox", "webhook-ingest");
        assertThat(lines).noneMatch(line -> line.startsWith("dev.wonflow"));
    }
}
