package dev.wonflow.local.stack;

import dev.wonflow.local.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Lets one command at a time start or stop the stack. The operating system gives it back if the command is killed. */
final class StackLock implements AutoCloseable {

    private final FileChannel channel;

    private StackLock(FileChannel channel) {
        this.channel = channel;
    }

    static StackLock take(StateFolder state) {
        Path file = state.run().resolve("lock");
        try {
            Files.createDirectories(state.run());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new Trouble("Another ./wonflow command is starting or stopping this stack (" + state.root()
                        + ").\nTry again when it has finished.");
            }
            return new StackLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be locked", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // Held by this very program.
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("lock: cannot be given back", e);
        }
    }
}
