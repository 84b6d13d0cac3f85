package dev.wonflow.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes what a process prints, whatever it is, into a file of limited size. When the file is full it becomes
 * {@code NAME.1}, in place of the one before, and a new one begins; so two are kept. This is done by a shell that lives
 * as long as the process does, for nobody else is sure to: the command that started it has long ended.
 */
final class BoundedLog implements AutoCloseable {

    /** Most bytes that are read at once, and so written at once. */
    static final int BLOCK_BYTES = 4096;

    /** A read brings at least one line, and at most a block: at least 4,096 lines and at most 16 MiB in a file. */
    static final int BLOCKS = 4096;

    private static final Duration END_LIMIT = Duration.ofSeconds(2);

    /**
     * Reads are counted and not bytes, since dd then writes each line at once. It ends early only when nobody writes
     * any more, or when the disk is full: then the process goes on without a log.
     */
    private static final String KEEP = """
            log=$1
            blocks=$3
            while
              read=$(LC_ALL=C dd bs="$2" count="$blocks" 2>&1 >>"$log" | sed -n 's/ records in$//p')
              read=${read:-0+0}
              [ "$((${read%%+*} + ${read#*+}))" -ge "$blocks" ]
            do
              mv -f "$log" "$log.1"
            done
            exec cat >/dev/null
            """;

    private final RandomAccessFile held;
    private final Path pipe;
    private final Process keeper;

    private BoundedLog(RandomAccessFile held, Path pipe, Process keeper) {
        this.held = held;
        this.pipe = pipe;
        this.keeper = keeper;
    }

    /**
     * Starts to keep a log; close it when the process has been started, which is then the only one to hold the pipe.
     */
    static BoundedLog open(List<String> session, Path file) throws IOException {
        return open(session, file, BLOCKS);
    }

    static BoundedLog open(List<String> session, Path file, int blocks) throws IOException {
        Path pipe = file.resolveSibling(file.getFileName() + ".pipe");
        Files.deleteIfExists(pipe);
        makePipe(pipe);
        // Who opens one end of a pipe waits for the other end; with both open, nobody waits.
        RandomAccessFile held = new RandomAccessFile(pipe.toFile(), "rw");
        List<String> command = new ArrayList<>(session);
        command.addAll(List.of(
                "sh",
                "-c",
                KEEP,
                "wonflow-log",
                file.toString(),
                Integer.toString(BLOCK_BYTES),
                Integer.toString(blocks)));
        Process keeper = new ProcessBuilder(command)
                .redirectInput(pipe.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new BoundedLog(held, pipe, keeper);
    }

    private static void makePipe(Path pipe) throws IOException {
        Process mkfifo = new ProcessBuilder("mkfifo", "-m", "600", pipe.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (mkfifo.waitFor() != 0) {
                throw new IOException(pipe + ": cannot be made");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(pipe + ": interrupted while it was made", e);
        }
    }

    /** Where the process is to write. */
    ProcessBuilder.Redirect input() {
        return ProcessBuilder.Redirect.appendTo(pipe.toFile());
    }

    /** Waits until all that a process printed before its end is in the file. */
    void awaitEnd() throws InterruptedException {
        keeper.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        held.close();
        Files.deleteIfExists(pipe);
    }
}
