package dev.wonflow.local.command;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Prints a log as it grows. When the log is full, or a new run begins, the file is renamed and another one begins in
 * its place: the rest of the old one is printed first.
 */
final class LogReader implements AutoCloseable {

    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path log;
    private final PrintStream out;

    private @Nullable RandomAccessFile open;

    /** Tells files apart whatever they are called; no other file gets it while this one is open. */
    private @Nullable Object key;

    LogReader(Path log, PrintStream out) {
        this.log = log;
        this.out = out;
    }

    /** Prints what came since the last time. */
    void printNew() throws IOException {
        Object current = currentKey();
        if (open != null) {
            print(open);
            if (current == null || current.equals(key)) {
                return;
            }
            // Written between the look at the name and now.
            print(open);
            open.close();
            open = null;
        }
        try {
            RandomAccessFile file = new RandomAccessFile(log.toFile(), "r");
            open = file;
            key = current;
            print(file);
        } catch (FileNotFoundException _) {
            // Just renamed; the next one is about to begin.
        }
    }

    private @Nullable Object currentKey() throws IOException {
        try {
            return Files.readAttributes(log, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    private void print(RandomAccessFile in) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int read = in.read(chunk); read > 0; read = in.read(chunk)) {
            out.write(chunk, 0, read);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
