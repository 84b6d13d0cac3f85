package dev.wonflow.local.clock;

import dev.wonflow.local.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;

/**
 * How far ahead of the machine the stack is, kept beside its data: rows that were written in a moved time stay in the
 * past of every process that is started after them.
 */
public final class ClockFile {

    private final Path file;

    /** Creates it for a folder of data; nothing is written. */
    public ClockFile(Path data) {
        this.file = data.resolve("clock");
    }

    /** How far ahead the next process has to start. */
    public Duration read() {
        try {
            return Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        } catch (DateTimeException e) {
            throw new Trouble(
                    file + " does not say how far ahead the stack's clock is (expected: a duration such as PT72H).", e);
        }
    }

    /** Keeps how far ahead the stack is now; after a crash meanwhile the file says what it said before. */
    public void write(Duration ahead) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, ahead + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
    }
}
