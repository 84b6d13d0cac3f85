package dev.wonflow.benchmarks.work;

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
import java.util.function.ToDoubleFunction;

/** What a run found. */
public final class WorkReport implements Report {

    private final WorkPlan plan;
    private final Map<String, Object> machine;
    private final Map<String, String> postgres;
    private final List<Block> blocks = new ArrayList<>();

    WorkReport(WorkPlan plan, Map<String, Object> machine, Map<String, String> postgres) {
        this.plan = plan;
        this.machine = machine;
        this.postgres = postgres;
    }

    /**
     * One contender's way through all items.
     *
     * @param statements without BEGIN and COMMIT
     * @param looks of the benchmark itself, not counted as statements
     */
    public record Block(
            String contender,
            int instances,
            long callMillis,
            int items,
            double seconds,
            long statements,
            long walBytes,
            long looks,
            Machine.Use use) {

        double perSecond() {
            return items / seconds;
        }

        double statementsPerItem() {
            return (double) statements / items;
        }

        double walPerItem() {
            return (double) walBytes / items;
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%-13s %d instances  call %2d ms  %,8.0f items/s  %.3f statements  %,5.0f B WAL per item%s",
                    contender,
                    instances,
                    callMillis,
                    perSecond(),
                    statementsPerItem(),
                    walPerItem(),
                    use.quiet() ? "" : "  disturbed");
        }
    }

    void add(Block block) {
        blocks.add(block);
    }

    public List<Block> blocks() {
        return blocks;
    }

    @Override
    public String table() {
        var lines = new StringBuilder("medians of all rounds; counts do not depend on what else the machine does\n");
        for (var call : plan.calls()) {
            for (int instances = 1; instances <= 2; instances++) {
                for (String contender : blocks.stream()
                        .map(Block::contender)
                        .distinct()
                        .sorted()
                        .toList()) {
                    lines.append(row(contender, instances, call.toMillis()));
                }
            }
        }
        return lines.toString();
    }

    private String row(String contender, int instances, long callMillis) {
        List<Block> of = blocks.stream()
                .filter(block -> block.contender().equals(contender)
                        && block.instances() == instances
                        && block.callMillis() == callMillis)
                .toList();
        return String.format(
                Locale.ROOT,
                "%-13s %d instances  call %2d ms  %,8.0f items/s  %.3f statements  %,5.0f B WAL per item%n",
                contender,
                instances,
                callMillis,
                median(of, Block::perSecond),
                median(of, Block::statementsPerItem),
                median(of, Block::walPerItem));
    }

    private static double median(List<Block> blocks, ToDoubleFunction<Block> figure) {
        return new Samples(blocks.stream().mapToDouble(figure).toArray()).median();
    }

    @Override
    public Path write(Path directory, Clock clock) throws IOException {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("plan", plan);
        figures.put("machine", machine);
        figures.put("postgres", postgres);
        figures.put("blocks", blocks);
        return ResultsFile.write(directory, "work", plan.name(), clock, figures);
    }
}
