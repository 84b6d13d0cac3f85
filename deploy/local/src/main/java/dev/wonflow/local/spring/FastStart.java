package dev.wonflow.local.spring;

import dev.wonflow.local.stack.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Lays an executable jar out the way a virtual machine starts it fastest; done once for each build. */
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
        Path layout = cache.resolve(
                Files.size(jar) + "-" + Files.getLastModifiedTime(jar).toMillis());
        if (!Files.exists(layout) && !extract(jar, layout)) {
            return List.of("-jar", jar.toString());
        }
        return List.of("-jar", layout.resolve(jar.getFileName()).toString());
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
