package dev.wonflow.local.archive;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A class path in a file: on the command line it would be thousands of characters, shown by every list of processes.
 */
public final class ClassPathFile {

    private ClassPathFile() {}

    /**
     * Writes it.
     *
     * @return the argument by which the java program reads it
     */
    public static String write(Path file, List<Path> classPath) throws IOException {
        String whole = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        Files.writeString(file, "-classpath \"" + whole.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n");
        return "@" + file;
    }
}
