package dev.wonflow.local.spring;

import dev.wonflow.local.archive.ClassPathFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lays an executable jar out the way a virtual machine starts it fastest: unpacked, with an archive of its libraries'
 * classes. The layout belongs to one build; without an archive a start is only slower.
 */
final class FastStart {

    private static final Duration UNUSED_FOR = Duration.ofHours(1);

    private final Path cache;
    private final LibraryFamily family;
    private final Path libraries;

    /**
     * Creates it.
     *
     * @param cache of this program alone, on the file system of the family's libraries
     */
    FastStart(Path cache, LibraryFamily family) {
        this.cache = cache;
        this.family = family;
        this.libraries = family.libraries();
    }

    /** Options and arguments that run the jar's program. */
    List<String> program(Path jar) throws IOException, InterruptedException {
        Path layout = cache.resolve(Fingerprint.of(jar));
        if (!Files.exists(layout.resolve(jar.getFileName()))) {
            deleteTree(layout);
            unpack(jar, layout);
        }
        ExecutableJar executable = new ExecutableJar(jar);
        LibraryFamily.Start start = family.start();
        Set<Path> classPath = new LinkedHashSet<>(start.classPath());
        classPath.add(layout.resolve(jar.getFileName()));
        classPath.addAll(executable.keptIn(libraries));

        List<String> program = new ArrayList<>(start.options());
        program.add(ClassPathFile.write(layout.resolve("classpath"), List.copyOf(classPath)));
        program.add(executable.mainClass());
        return program;
    }

    /** The older layout goes last: until then its links tell others that the libraries are still needed. */
    private void unpack(Path jar, Path layout) throws IOException {
        Files.createDirectories(cache);
        Path unfinished = cache.resolve("unfinished");
        deleteTree(unfinished);
        new ExecutableJar(jar).unpack(unfinished, libraries);
        Files.move(unfinished, layout);
        try (Stream<Path> layouts = Files.list(cache)) {
            for (Path older : layouts.filter(other -> !other.equals(layout)).toList()) {
                deleteTree(older);
            }
        }
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

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
