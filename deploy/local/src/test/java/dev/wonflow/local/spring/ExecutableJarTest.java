package dev.wonflow.local.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutableJarTest {

    @TempDir
    private Path folder;

    @Test
    void program_finds_its_classes_and_its_libraries_in_the_order_of_the_index() throws IOException {
        new ExecutableJar(executable("shop.jar", "zebra", "apple")).unpack(folder.resolve("layout"), libraries());

        Path program = folder.resolve("layout/shop.jar");
        try (JarFile jar = new JarFile(program.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Main-Class")).isEqualTo("shop.Main");
            assertThat(manifest.getValue("Class-Path")).isEqualTo("lib/zebra.jar lib/apple.jar");
            assertThat(manifest.getValue("Implementation-Version")).isEqualTo("7");
            assertThat(jar.getInputStream(jar.getJarEntry("shop/Main.class")).readAllBytes())
                    .asString()
                    .isEqualTo("class");
            assertThat(jar.getJarEntry("org/springframework/boot/loader/Launcher.class"))
                    .isNull();
        }
        assertThat(folder.resolve("layout/lib/zebra.jar")).hasContent("zebra");
    }

    @Test
    void library_of_two_programs_is_written_once() throws IOException {
        new ExecutableJar(executable("shop.jar", "common", "own")).unpack(folder.resolve("first"), libraries());
        new ExecutableJar(executable("bank.jar", "common")).unpack(folder.resolve("second"), libraries());

        assertThat(Files.isSameFile(folder.resolve("first/lib/common.jar"), folder.resolve("second/lib/common.jar")))
                .isTrue();
        try (Stream<Path> kept = Files.list(libraries())) {
            assertThat(kept.map(file -> file.getFileName().toString().replaceFirst("^[0-9a-f]+-", "")))
                    .containsExactlyInAnyOrder("common.jar", "own.jar");
        }
    }

    private Path libraries() {
        return folder.resolve("libraries");
    }

    private Path executable(String name, String... libraries) throws IOException {
        return executable(folder, name, libraries);
    }

    /** A jar as spring-boot-maven-plugin makes it, with libraries that contain nothing but their names. */
    static Path executable(Path folder, String name, String... libraries) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Main-Class", "org.springframework.boot.loader.launch.JarLauncher");
        attributes.putValue("Start-Class", "shop.Main");
        attributes.putValue("Implementation-Version", "7");
        attributes.putValue("Spring-Boot-Classpath-Index", "BOOT-INF/classpath.idx");
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            add(out, "org/springframework/boot/loader/Launcher.class", "loader");
            out.putNextEntry(new JarEntry("BOOT-INF/classes/"));
            out.closeEntry();
            add(out, "BOOT-INF/classes/shop/Main.class", "class");
            StringBuilder index = new StringBuilder();
            for (String library : libraries) {
                index.append("- \"BOOT-INF/lib/").append(library).append(".jar\"\n");
            }
            for (String library : List.of(libraries).reversed()) {
                add(out, "BOOT-INF/lib/" + library + ".jar", library);
            }
            add(out, "BOOT-INF/classpath.idx", index.toString());
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        JarEntry entry = new JarEntry(name);
        entry.setMethod(JarEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(checksum.getValue());
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
