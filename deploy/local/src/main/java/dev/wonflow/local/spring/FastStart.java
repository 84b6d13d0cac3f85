package dev.wonflow.local.spring;

import dev.wonflow.local.stack.ClassArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lays an executable jar out the way a virtual machine starts it fastest: unpacked, and with an archive of its loaded
 * classes, which the virtual machine itself makes when the first run ends and refuses when it does not fit. Both belong
 * to one build; without them a start is only slower.
 */
final class FastStart {

    private static final Duration UNUSED_FOR = Duration.ofHours(1);

    private final Path cache;
    private final Path libraries;

    /**
     * Creates it.
     *
     * @param cache of this program alone
     * @param libraries shared with other programs, on the same file system
     */
    FastStart(Path cache, Path libraries) {
        this.cache = cache;
        this.libraries = libraries;
    }

    /** Options and arguments that run the jar's program. */
    List<String> program(Path jar) throws IOException {
        Path layout = cache.resolve(ClassArchive.fingerprint(jar));
        if (!Files.exists(layout)) {
            unpack(jar, layout);
        }
        List<String> program = new ArrayList<>(ClassArchive.options(archive(layout)));
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
            return layouts.noneMatch(layout -> Files.exists(archive(layout)));
        } catch (IOException e) {
            throw new UncheckedIOException(cache + ": cannot be read", e);
        }
    }

    /** Of one build of the virtual machine: another would refuse it. */
    private static Path archive(Path layout) {
        return layout.resolve("classes-" + Runtime.version().toString().replaceAll("[^0-9A-Za-z.-]", "_") + ".jsa");
    }

    private void unpack(Path jar, Path layout) throws IOException {
        deleteOlder();
        Files.createDirectories(cache);
        Path unfinished = cache.resolve("unfinished");
        new ExecutableJar(jar).unpack(unfinished, libraries);
        Files.move(unfinished, layout);
        deleteUnused(Files.getLastModifiedTime(layout).toInstant().minus(UNUSED_FOR));
    }

    /** A library that no layout has a link to, unless it is so young that one may be about to get it. */
    private void deleteUnused(Instant before) throws IOException {
        try (Stream<Path> kept = Files.list(libraries)) {
            for (Path library : kept.toList()) {
                boolean unused = Files.getAttribute(library, "unix:nlink").equals(1);
                if (unused && Files.getLastModifiedTime(library).toInstant().isBefore(before)) {
                    Files.deleteIfExists(library);
                }
            }
        }
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
