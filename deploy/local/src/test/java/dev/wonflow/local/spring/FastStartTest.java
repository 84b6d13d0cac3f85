package dev.wonflow.local.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.local.stack.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FastStartTest {

    @TempDir
    private Path folder;

    private StateFolder state;

    @BeforeEach
    void buildTwoServices() throws IOException {
        state = new StateFolder(folder.resolve("state"));
        build("shop", "wonflow-web", "spring", "zebra", "tomcat");
        build("bank", "vault", "spring", "tomcat", "wonflow-web");
    }

    @Test
    void class_path_begins_with_what_the_family_has_in_common_and_then_the_program_comes_before_its_own_libraries()
            throws Exception {
        assertThat(classPath("shop"))
                .containsExactly("spring.jar", "tomcat.jar", "wonflow-shop-1.jar", "wonflow-web.jar", "zebra.jar");
        assertThat(classPath("bank"))
                .containsExactly("spring.jar", "tomcat.jar", "wonflow-bank-1.jar", "vault.jar", "wonflow-web.jar");
    }

    @Test
    void layout_of_an_older_build_makes_room_and_shared_libraries_stay_as_they_are() throws Exception {
        program("shop");
        FileTime longAgo = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(library("spring.jar"), longAgo);
        build("shop", "spring", "tomcat", "new");
        program("shop");

        try (Stream<Path> layouts = Files.list(state.cache().resolve("shop"))) {
            assertThat(layouts).hasSize(1);
        }
        assertThat(Files.getLastModifiedTime(library("spring.jar"))).isEqualTo(longAgo);
    }

    @Test
    void both_services_use_one_archive() throws Exception {
        assertThat(program("shop").getFirst())
                .startsWith("-XX:SharedArchiveFile=")
                .isEqualTo(program("bank").getFirst());
    }

    @Test
    void service_starts_with_its_own_main_class_although_its_libraries_cannot_be_archived() throws Exception {
        assertThat(program("shop").getLast()).isEqualTo("shop.Main");
    }

    /** Without the one file that begins every class path, and without the checksums of the libraries. */
    private List<String> classPath(String service) throws Exception {
        String argument = program(service).stream()
                .filter(word -> word.startsWith("@"))
                .findFirst()
                .orElseThrow();
        String file = Files.readString(Path.of(argument.substring(1)));
        List<String> names = Arrays.stream(file.substring(file.indexOf('"') + 1, file.lastIndexOf('"'))
                        .split(":", -1))
                .map(path -> Path.of(path).getFileName().toString().replaceFirst("^[0-9a-f]{6,8}-", ""))
                .toList();
        return names.subList(1, names.size());
    }

    private Path library(String name) throws IOException {
        try (Stream<Path> kept = Files.list(state.cache().resolve("libraries"))) {
            return kept.filter(file -> file.toString().endsWith("-" + name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> program(String service) throws Exception {
        LibraryFamily family =
                new LibraryFamily(state, "services-with-data", List.of(folder.resolve("shop"), folder.resolve("bank")));
        return new FastStart(state.cache().resolve(service), family)
                .program(Jars.find(folder.resolve(service)).orElseThrow());
    }

    private void build(String service, String... libraries) throws IOException {
        Path target = Files.createDirectories(folder.resolve(service).resolve("target"));
        ExecutableJarTest.executable(target, "wonflow-" + service + "-1.jar", libraries);
    }
}
