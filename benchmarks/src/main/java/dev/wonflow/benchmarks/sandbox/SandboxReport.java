package dev.wonflow.benchmarks.sandbox;

import dev.wonflow.benchmarks.bed.Machine;
import dev.wonflow.benchmarks.bed.Report;
import dev.wonflow.benchmarks.bed.ResultsFile;
import dev.wonflow.benchmarks.bed.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** What a run of the sandbox's benchmark found. */
public final class SandboxReport implements Report {

    static final double START_GOAL_SECONDS = 3;
    static final double P99_GOAL_MILLIS = 5;

    private final SandboxPlan plan;
    private final Map<String, Object> machine;
    private final List<Start> starts = new ArrayList<>();
    private final List<Start> loads = new ArrayList<>();
    private long stateBytes;
    private final List<Block> blocks = new ArrayList<>();

    SandboxReport(SandboxPlan plan, Map<String, Object> machine) {
        this.plan = plan;
        this.machine = machine;
    }

    /** One start: from the start of the process to its first answer. */
    public record Start(double seconds, Machine.Use use) {

        boolean quiet() {
            return use.quiet();
        }
    }

    /**
     * One measurement of confirms.
     *
     * @param payments in the books when it began, the ones to be confirmed left out
     * @param saving whether the books were saved to a file meanwhile
     * @param sinceSentMillis from sending the request to having its answer
     * @param sinceDueMillis from the intended moment of the request
     * @param residentMebibytes memory of the sandbox after it
     */
    public record Block(
            int payments,
            boolean saving,
            int confirms,
            Machine.Use use,
            double cpuMicrosPerConfirm,
            long residentMebibytes,
            Map<String, Double> sinceSentMillis,
            Map<String, Double> sinceDueMillis) {

        boolean quiet() {
            return use.quiet();
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%,7d payments%s  p50 %5.2f ms  p99 %5.2f ms  p99 due %5.2f ms  max due %6.2f ms  cpu %4.0f us/confirm  %4d MiB%s",
                    payments,
                    saving ? ", saved" : "",
                    sinceSentMillis.getOrDefault("p50", Double.NaN),
                    sinceSentMillis.getOrDefault("p99", Double.NaN),
                    sinceDueMillis.getOrDefault("p99", Double.NaN),
                    sinceDueMillis.getOrDefault("p100", Double.NaN),
                    cpuMicrosPerConfirm,
                    residentMebibytes,
                    quiet() ? "" : "  disturbed");
        }
    }

    void add(Start start) {
        starts.add(start);
    }

    /** One start that read full books from a file of so many bytes. */
    void addLoad(Start start, long bytes) {
        loads.add(start);
        stateBytes = bytes;
    }

    void add(Block block) {
        blocks.add(block);
    }

    public List<Start> starts() {
        return List.copyOf(starts);
    }

    public List<Block> blocks() {
        return List.copyOf(blocks);
    }

    /** Whether every goal was held by the median of the undisturbed measurements. */
    boolean goalsHeld() {
        return medianStart() <= START_GOAL_SECONDS
                && median("p99", this::full) <= P99_GOAL_MILLIS
                && median("p99", Block::saving) <= P99_GOAL_MILLIS;
    }

    private double medianStart() {
        return new Samples(starts.stream()
                        .filter(Start::quiet)
                        .mapToDouble(Start::seconds)
                        .toArray())
                .median();
    }

    private double median(String percentile, Predicate<Block> which) {
        return new Samples(blocks.stream()
                        .filter(Block::quiet)
                        .filter(which)
                        .mapToDouble(block -> block.sinceDueMillis().getOrDefault(percentile, Double.NaN))
                        .toArray())
                .median();
    }

    private boolean full(Block block) {
        return block.payments() >= plan.books() && !block.saving();
    }

    @Override
    public String table() {
        double few = median("p99", block -> !full(block) && !block.saving());
        double many = median("p99", this::full);
        double saving = median("p99", Block::saving);
        long disturbed = blocks.stream().filter(block -> !block.quiet()).count()
                + starts.stream().filter(start -> !start.quiet()).count();
        return String.format(
                Locale.ROOT,
                """
                medians of the measurements that count
                start to the first answer              %6.2f s    goal at most %.0f s: %s
                confirm at %d/s, p99, few payments     %6.2f ms
                confirm at %d/s, p99, %,d payments %6.2f ms   goal at most %.0f ms: %s
                the longest of a block                 %6.2f ms
                the same while the books are saved     %6.2f ms   goal at most %.0f ms: %s
                the longest of a block                 %6.2f ms
                growth of that p99                     %6.2f
                start that reads a file of %,d MiB      %6.2f s
                memory at the end                      %6d MiB
                %d measurements thrown away
                """,
                medianStart(),
                START_GOAL_SECONDS,
                outcome(medianStart() <= START_GOAL_SECONDS),
                plan.rate(),
                few,
                plan.rate(),
                plan.books(),
                many,
                P99_GOAL_MILLIS,
                outcome(many <= P99_GOAL_MILLIS),
                median("p100", this::full),
                saving,
                P99_GOAL_MILLIS,
                outcome(saving <= P99_GOAL_MILLIS),
                median("p100", Block::saving),
                many / few,
                stateBytes >> 20,
                loads.isEmpty() ? Double.NaN : loads.getLast().seconds(),
                blocks.isEmpty() ? 0 : blocks.getLast().residentMebibytes(),
                disturbed);
    }

    private static String outcome(boolean held) {
        return held ? "held" : "MISSED";
    }

    /**
     * Writes the results file of this run.
     *
     * @return the file
     */
    @Override
    public Path write(Path directory, Clock clock) throws IOException {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("plan", plan);
        figures.put("machine", machine);
        figures.put("sandboxJvmOptions", SandboxBenchmark.JVM_OPTIONS);
        figures.put("thrownAwayAbove", Machine.Use.LIMITS);
        figures.put("table", table().lines().toList());
        figures.put("starts", starts);
        figures.put("startsWithFullBooks", loads);
        figures.put("stateBytes", stateBytes);
        figures.put("blocks", blocks);
        return ResultsFile.write(directory, "sandbox", plan.name(), clock, figures);
    }
}
