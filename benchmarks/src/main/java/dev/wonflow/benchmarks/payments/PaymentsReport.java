package dev.wonflow.benchmarks.payments;

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
import org.jspecify.annotations.Nullable;

/** What a run found. */
public final class PaymentsReport implements Report {

    static final String BURST = "burst";
    static final String CONFIRMS = "confirms";
    static final String SLOW = "slow Toss";
    static final String BARE = "bare SQL";
    static final String SEQUENTIAL = "one by one";

    private static final List<String> KINDS = List.of(BURST, CONFIRMS, BARE, SLOW, SEQUENTIAL);

    private final PaymentsPlan plan;
    private final Map<String, Object> machine;
    private final Map<String, String> postgres = new LinkedHashMap<>();
    private final List<Block> blocks = new ArrayList<>();

    PaymentsReport(PaymentsPlan plan, Map<String, Object> machine) {
        this.plan = plan;
        this.machine = machine;
    }

    /**
     * One kind of load, once.
     *
     * @param flags of the services
     * @param items checkouts or confirms
     * @param cpuMillis milliseconds of processor time for each item, by part; until all that follows from it is done
     * @param loadMillis the same of the program that makes the load, which is not in {@code cpuMillis}
     * @param turnedAway confirms answered with 503 or 202, and asked again
     * @param millis percentiles of how long one took; none where they were not watched one by one
     */
    public record Block(
            String flags,
            String kind,
            int items,
            double seconds,
            Counts.PerItem perItem,
            Map<String, Double> cpuMillis,
            double loadMillis,
            Machine.Use use,
            int turnedAway,
            @Nullable Map<String, Double> millis) {

        double perSecond() {
            return items / seconds;
        }

        double allCpuMillis() {
            return cpuMillis.values().stream().mapToDouble(Double::doubleValue).sum();
        }

        double percentile(String name) {
            return millis == null ? Double.NaN : millis.getOrDefault(name, Double.NaN);
        }

        String line() {
            return format(flags, kind, Block::perSecond, List.of(this))
                    + (turnedAway == 0 ? "" : "  " + turnedAway + " turned away") + (use.quiet() ? "" : "  disturbed")
                    + "\n    ms of processor time each: " + text(cpuMillis)
                    + String.format(Locale.ROOT, "; load %.2f", loadMillis)
                    + "\n    statements: "
                    + text(perItem.statements()) + "; commits: " + text(perItem.commits());
        }

        private static String text(Map<String, Double> figures) {
            var text = new StringBuilder();
            figures.forEach((name, figure) -> text.append(text.isEmpty() ? "" : ", ")
                    .append(String.format(Locale.ROOT, "%s %.2f", name, figure)));
            return text.toString();
        }
    }

    void note(Map<String, String> settings) {
        postgres.putAll(settings);
    }

    void add(Block block) {
        blocks.add(block);
    }

    public List<Block> blocks() {
        return blocks;
    }

    @Override
    public String table() {
        var lines = new StringBuilder(
                "medians of all rounds; counts and processor time are those of one checkout or confirm\n");
        for (Flags flags : Flags.values()) {
            for (String kind : KINDS) {
                List<Block> of = of(flags.name(), kind);
                if (!of.isEmpty()) {
                    lines.append(format(flags.name(), kind, Block::perSecond, of))
                            .append('\n');
                }
            }
            lines.append(ratios(flags.name()));
        }
        return lines.toString();
    }

    private String ratios(String flags) {
        double confirms = median(of(flags, CONFIRMS), Block::perSecond);
        double bare = median(of(flags, BARE), Block::perSecond);
        double slow = median(of(flags, SLOW), Block::perSecond);
        double ideal = plan.clients() * 1000.0 / PaymentsPlan.SLOW_MILLIS;
        return String.format(
                Locale.ROOT,
                "%-10s confirms ÷ bare SQL %.2f (goal 0.5); at slow Toss ÷ ideal %.2f of %.0f/s (goal 0.95)%n",
                flags,
                confirms / bare,
                slow / ideal,
                ideal);
    }

    private List<Block> of(String flags, String kind) {
        return blocks.stream()
                .filter(block -> block.flags().equals(flags) && block.kind().equals(kind))
                .toList();
    }

    private static String format(String flags, String kind, ToDoubleFunction<Block> rate, List<Block> of) {
        return String.format(
                Locale.ROOT,
                "%-10s %-10s %,8.0f/s  p50 %6.1f ms  p99 %6.1f ms  %5.2f ms CPU  %5.2f statements  %5.2f commits  %,6.0f B WAL",
                flags,
                kind,
                median(of, rate),
                median(of, block -> block.percentile("p50")),
                median(of, block -> block.percentile("p99")),
                median(of, Block::allCpuMillis),
                median(of, block -> block.perItem().allStatements()),
                median(of, block -> block.perItem().allCommits()),
                median(of, block -> block.perItem().walBytes()));
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
        return ResultsFile.write(directory, "payments", plan.name(), clock, figures);
    }
}
