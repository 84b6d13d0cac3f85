package dev.wonflow.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How much memory a process and its children take, pages they share counted once. */
public final class MemoryUse {

    private MemoryUse() {}

    /** The memory in bytes; empty where the system has no {@code /proc}. */
    public static OptionalLong bytes(LiveProcess process) {
        Stream<Long> children = ProcessHandle.of(process.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid);
        long bytes = Stream.concat(Stream.of(process.pid()), children)
                .flatMapToLong(MemoryUse::proportionalBytes)
                .sum();
        return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    }

    private static LongStream proportionalBytes(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024);
        } catch (IOException _) {
            return LongStream.empty(); // The process has ended, or this is not Linux.
        }
    }
}
