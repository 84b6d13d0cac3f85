package dev.wonflow.local.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what Maven built. */
public final class Jars {

    private static final Pattern JAR = Pattern.compile("wonflow-[a-z-]+-[0-9][0-9.]*(-SNAPSHOT)?(-exec)?\\.jar");

    private Jars() {}

    /**
     * The jar of a module that can be run.
     *
     * @param module the module's folder
     */
    public static Optional<Path> find(Path module) {
        Path target = module.resolve("target");
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            // Where a module has a plain jar for other modules as well, the runnable one has the longer name.
            return files.filter(
                            file -> JAR.matcher(file.getFileName().toString()).matches())
                    .max(Comparator.comparingInt(file -> file.toString().length()));
        } catch (IOException e) {
            throw new UncheckedIOException(target + ": cannot be read", e);
        }
    }
}
