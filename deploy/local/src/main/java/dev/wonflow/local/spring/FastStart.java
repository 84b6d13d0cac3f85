package dev.wonflow.local.spring;

import dev.wonflow.local.stack.ClassArchive;
import dev.wonflow.local.stack.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lays an executable jar out the way a virtual machine starts it fastest: unpacked, and with an archive of its loaded
 * classes, which the virtual machine itself makes when the first run ends and refuses when it does not fit. Both belong
 * to one build; without them a start is only slower.
 */
final class FastStart {

    private static final int EXTRACT_LIMIT_SECONDS = 120;

    private final Path cache;
    private final JavaProgram java;

    FastStart(Path cache, JavaProgram java) {
        this.cache = cache;
        this.java = java;
    }

    /** Options and arguments that run the jar's program. */
    List<String> program(Path jar) throws IOException, InterruptedException {
        Path layout = cache.resolve(ClassArchive.fingerprint(jar));
        if (!Files.exists(layout) && !extract(jar, layout)) {
            return List.of("-jar", jar.toString());
        }
        List<String> program = new ArrayList<>(ClassArchive.options(layout.resolve("classes.jsa")));
        program.add("-jar");
        program.add(layout.resolve(jar.getFileName()).toString());
        return program;
    }

    /** Tells whether the process that runs now will write its archive when it ends. */
    boolean endsWithArchive() {
        if (!Files.exists(cache)) {
            return false;
        }
        try (Stream<Path> layouts = Files.list(cache)) {
            return layouts.noneMatch(layout -> Files.exists(layout.resolve("classes.jsa")));
        } catch (IOException e) {
            throw new UncheckedIOException(cache + ": cannot be read", e);
        }
    }

    private boolean extract(Path jar, Path layout) throws IOException, InterruptedException {
        deleteOlder();
        Files.createDirectories(cache);
        Path unfinished = cache.resolve("unfinished");
        Process extract = new ProcessBuilder(
                        java.executable().toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--destination",
                        unfinished.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!extract.waitFor(EXTRACT_LIMIT_SECONDS, TimeUnit.SECONDS) || extract.exitValue() != 0) {
            extract.destroyForcibly();
            return false;
        }
        Files.move(unfinished, layout);
        return true;
    }

    private void deleteOlder() throws IOException {
        if (!Files.exists(cache)) {
            return;
        }
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
