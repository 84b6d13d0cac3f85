package dev.wonflow.benchmarks.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine as Linux counts it. On another system the counters are absent and nothing is discarded. */
public final class Machine {

    /** Unit of the kernel's processor times; 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final Path STAT = Path.of("/proc/stat");
    private static final int STEAL_FIELD = 8;
    private static final int IDLE_FIELD = 4;
    private static final int IO_WAIT_FIELD = 5;
    private static final int LAST_FIELD = 8;

    private Machine() {}

    /**
     * Processor time since boot.
     *
     * @param total ticks of all processors together
     * @param stolen ticks the host gave to other guests
     * @param busy ticks spent on anything
     * @param own ticks of the processes asked about and their children
     */
    public record Ticks(long total, long stolen, long busy, long own) {

        /** What happened since {@code earlier}, as shares of the machine. */
        public Use since(Ticks earlier) {
            double all = Math.max(1, total - earlier.total);
            return new Use(
                    (stolen - earlier.stolen) / all,
                    Math.max(0, (busy - earlier.busy) - (own - earlier.own)) / all,
                    (own - earlier.own) / all);
        }
    }

    /**
     * Shares of the machine, 0 to 1.
     *
     * @param steal taken by the host
     * @param others used by processes that are not the benchmark's
     * @param own used by the benchmark, database and broker included
     */
    public record Use(double steal, double others, double own) {

        private static final double STEAL_LIMIT = 0.02;
        private static final double OTHERS_LIMIT = 0.10;

        /** The shares above which a measurement says more about its neighbours, and is thrown away. */
        public static final Map<String, Double> LIMITS = Map.of("steal", STEAL_LIMIT, "others", OTHERS_LIMIT);

        public boolean quiet() {
            return steal <= STEAL_LIMIT && others <= OTHERS_LIMIT;
        }
    }

    /** Reads the counters; {@code roots} are the benchmark's processes, their children are found. */
    public static Ticks ticks(List<Long> roots) {
        if (!Files.isReadable(STAT)) {
            return new Ticks(0, 0, 0, 0);
        }
        try (Stream<String> lines = Files.lines(STAT)) {
            String[] fields = lines.findFirst().orElseThrow().split(" +", -1);
            long total = 0;
            for (int field = 1; field <= LAST_FIELD; field++) {
                total += Long.parseLong(fields[field]);
            }
            long idle = Long.parseLong(fields[IDLE_FIELD]) + Long.parseLong(fields[IO_WAIT_FIELD]);
            long stolen = Long.parseLong(fields[STEAL_FIELD]);
            long own = roots.stream()
                    .map(ProcessHandle::of)
                    .flatMap(Optional::stream)
                    .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                    .map(ProcessHandle::pid)
                    .distinct()
                    .mapToLong(Machine::ticksOf)
                    .sum();
            return new Ticks(total, stolen, total - idle - stolen, own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor seconds of one process, its ended children included; 0 when it is gone. */
    public static double cpuSeconds(long pid) {
        return ticksOf(pid) / TICKS_PER_SECOND;
    }

    private static long ticksOf(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The command name stands in parentheses and may contain spaces.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11])
                    + Long.parseLong(fields[12])
                    + Long.parseLong(fields[13])
                    + Long.parseLong(fields[14]);
        } catch (IOException e) {
            return 0;
        }
    }

    /** What to know about the machine when reading figures taken on it. */
    public static Map<String, Object> description(Path work) {
        var description = new LinkedHashMap<String, Object>();
        description.put("processors", Runtime.getRuntime().availableProcessors());
        description.put("processor", firstValue(Path.of("/proc/cpuinfo"), "model name"));
        description.put("memory", firstValue(Path.of("/proc/meminfo"), "MemTotal"));
        description.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        description.put("architecture", System.getProperty("os.arch"));
        description.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        description.put("fileSystem", fileSystem(work));
        return description;
    }

    private static String fileSystem(Path work) {
        try {
            return Files.getFileStore(work).type();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String firstValue(Path file, String name) {
        if (!Files.isReadable(file)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
