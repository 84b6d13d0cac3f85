package dev.wonflow.local.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.local.stack.JavaProgram;
import dev.wonflow.local.stack.StateFolder;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class LibraryArchiveTest {

    private static final String ARCHIVED = "tools.jackson.core.JsonParser";

    @TempDir
    private Path folder;

    private StateFolder state;
    private Path library;

    @BeforeEach
    void keepALibraryInAFolderWithAnUnusualName() throws IOException, URISyntaxException {
        state = new StateFolder(Files.createDirectories(folder.resolve("a \"state\" folder")));
        library = Files.copy(jarOf(JsonParser.class), state.root().resolve("jackson-core.jar"));
    }

    @Test
    void program_takes_the_classes_of_its_libraries_from_the_archive() throws Exception {
        LibraryArchive archive = archive();
        List<Path> classPath = new ArrayList<>(archive.classPath());
        classPath.add(jarOf(JsonNode.class));

        assertThat(sourceOfClass(archive, classPath)).startsWith("shared objects file (top)");
    }

    @Test
    void program_whose_class_path_begins_otherwise_starts_without_the_archive() throws Exception {
        LibraryArchive archive = archive();

        assertThat(sourceOfClass(archive, archive.classPath().reversed())).startsWith("file:");
    }

    @Test
    void archive_is_made_once_for_the_same_libraries() throws Exception {
        archive().options();
        Path made = archives().getFirst();
        Files.setLastModifiedTime(made, FileTime.from(Instant.EPOCH));
        archive().options();

        assertThat(archives()).containsExactly(made);
        assertThat(Files.getLastModifiedTime(made).toInstant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void archive_of_a_library_that_was_replaced_makes_room_for_another() throws Exception {
        archive().options();
        Path before = archives().getFirst();
        Files.setLastModifiedTime(library, FileTime.from(Instant.EPOCH));
        archive().options();

        assertThat(archives()).hasSize(1).doesNotContain(before);
    }

    private LibraryArchive archive() throws IOException {
        return LibraryArchive.of(state, "services-with-data", List.of(library));
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(state.cache().resolve("classes"))) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private String sourceOfClass(LibraryArchive archive, List<Path> classPath) throws Exception {
        List<String> options = new ArrayList<>(archive.options());
        options.add("-Xlog:class+load");
        List<String> program =
                List.of(ClassPathFile.write(folder.resolve("path"), classPath), ClassLoading.class.getName());
        Process process = new ProcessBuilder(JavaProgram.of(state, "test").command(options, program))
                .redirectErrorStream(true)
                .start();
        int point = ARCHIVED.lastIndexOf('.');
        process.getOutputStream()
                .write((ARCHIVED.substring(0, point) + " " + ARCHIVED.substring(point + 1) + "\n")
                        .getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines()
                .filter(line -> line.contains(" " + ARCHIVED + " source: "))
                .map(line -> line.substring(line.indexOf("source: ") + "source: ".length()))
                .findFirst()
                .orElseThrow();
    }

    private static Path jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
