package dev.wonflow.benchmarks.renewals;

import dev.wonflow.benchmarks.bed.Machine;
import dev.wonflow.benchmarks.bed.Report;
import dev.wonflow.benchmarks.bed.ResultsFile;
import dev.wonflow.benchmarks.payments.Counts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run found. */
public final class RenewalsReport implements Report {

    static final String CALM = "calm";
    static final String FEW = "few";
    static final String KILLED = "killed";

    private static final double GOAL_RATE = 0.9;
    private static final double GOAL_COMMITS = 0.1;
    private static final double GOAL_STATEMENTS = 0.3;

    private final RenewalsPlan plan;
    private final Map<String, Object> machine;
    private final Map<String, String> postgres = new LinkedHashMap<>();
    private final List<Block> blocks = new ArrayList<>();

    RenewalsReport(RenewalsPlan plan, Map<String, Object> machine) {
        this.plan = plan;
        this.machine = machine;
    }

    /**
     * One run of renewals.
     *
     * @param inFlight charges that payment-service made at the same time
     * @param seconds until nothing was due and nothing under way
     * @param ofIdeal charges a second, as a share of what is in flight divided by how long a charge takes
     * @param cpuMillis milliseconds of processor time for each charge, by part; none where parts were killed
     * @param kills how often both services were killed
     */
    public record Block(
            String kind,
            int inFlight,
            long charges,
            double seconds,
            double ofIdeal,
            Counts.PerItem perCharge,
            Map<String, Double> cpuMillis,
            Machine.Use use,
            int kills,
            Books books) {

        String line() {
            return String.format(
                            Locale.ROOT,
                            "%-8s %,d charges, %d in flight, in %.0f s: %.0f/s, %.2f of ideal; subscription-service %.3f commits, %.3f"
                                    + " statements; payment-service %.3f commits, %.2f statements; %,.0f B WAL%s",
                            kind,
                            charges,
                            inFlight,
                            seconds,
                            charges / seconds,
                            ofIdeal,
                            of(perCharge.commits(), BillingStack.SUBSCRIPTIONS),
                            of(perCharge.statements(), BillingStack.SUBSCRIPTIONS),
                            of(perCharge.commits(), BillingStack.PAYMENTS),
                            of(perCharge.statements(), BillingStack.PAYMENTS),
                            perCharge.walBytes(),
                            use.quiet() ? "" : "  disturbed")
                    + (cpuMillis.isEmpty()
                            ? ""
                            : "\n    ms of processor time each: "
                                    + cpuMillis.entrySet().stream()
                                            .map(part -> String.format(
                                                    Locale.ROOT, "%s %.2f", part.getKey(), part.getValue()))
                                            .collect(Collectors.joining(", ")));
        }
    }

    /**
     * What the books of Toss and ours say.
     *
     * @param paid charges that are paid here
     * @param captured orders Toss has taken money for
     * @param twice orders it has taken money for more than once
     * @param missing paid here and not there
     * @param unknown there and not here
     * @param without subscriptions that were due and have not exactly one invoice
     */
    public record Books(long paid, long captured, long twice, long missing, long unknown, long without) {

        boolean agree() {
            return twice == 0 && missing == 0 && unknown == 0 && without == 0;
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

    private static double of(Map<String, Double> figures, String database) {
        return figures.getOrDefault(database, Double.NaN);
    }

    @Override
    public String table() {
        var lines = new StringBuilder();
        for (Block block : blocks) {
            lines.append(block.line()).append('\n');
        }
        blocks.stream()
                .filter(block -> !block.kind().equals(KILLED))
                .forEach(block -> lines.append(String.format(
                        Locale.ROOT,
                        "goals, %d in flight: of ideal %.0f/s at least %.1f: %s; commits at most %.1f: %s; statements at"
                                + " most %.1f: %s%n",
                        block.inFlight(),
                        RenewalsPlan.ideal(block.inFlight()),
                        GOAL_RATE,
                        held(block.ofIdeal() >= GOAL_RATE),
                        GOAL_COMMITS,
                        held(of(block.perCharge().commits(), BillingStack.SUBSCRIPTIONS) <= GOAL_COMMITS),
                        GOAL_STATEMENTS,
                        held(of(block.perCharge().statements(), BillingStack.SUBSCRIPTIONS) <= GOAL_STATEMENTS))));
        return lines.toString();
    }

    private static String held(boolean held) {
        return held ? "held" : "missed";
    }

    @Override
    public Path write(Path directory, Clock clock) throws IOException {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("plan", plan);
        figures.put("machine", machine);
        figures.put("postgres", postgres);
        figures.put("blocks", blocks);
        return ResultsFile.write(directory, "renewals", plan.name(), clock, figures);
    }
}
