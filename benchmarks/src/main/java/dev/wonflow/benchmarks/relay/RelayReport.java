package dev.wonflow.benchmarks.relay;

import dev.wonflow.benchmarks.bed.Broker;
import dev.wonflow.benchmarks.bed.Machine;
import dev.wonflow.benchmarks.bed.Report;
import dev.wonflow.benchmarks.bed.ResultsFile;
import dev.wonflow.benchmarks.bed.Samples;
import io.debezium.engine.DebeziumEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.AppInfoParser;

/** What a run measured, and what follows from it. */
public final class RelayReport implements Report {

    private static final int TARGET_RATE = 1000;
    private static final double TARGET_TO_STOCK = 1.0 / 30;
    private static final double TARGET_TO_BARE = 6;
    private static final double TARGET_DRAIN = 0.5;
    private static final double TARGET_REST = 0.015;

    private final RelayPlan plan;
    private final Map<String, Object> machine;
    private final Map<String, String> databaseSettings;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Drain> drains = new ArrayList<>();
    private final List<Rest> rests = new ArrayList<>();

    RelayReport(RelayPlan plan, Map<String, Object> machine, Map<String, String> databaseSettings) {
        this.plan = plan;
        this.machine = machine;
        this.databaseSettings = databaseSettings;
    }

    /**
     * One contender at one rate for some seconds.
     *
     * @param events how many were committed
     * @param lost how many of them never came
     * @param faults of the whole turn the block belongs to
     * @param committedPerSecond what the writers reached; below the rate when the machine is full
     * @param cpuMicrosPerEvent processor time of the contender's JVM
     * @param sinceCommitMillis from just before the commit to the consumer
     * @param sinceDueMillis from the intended moment of the transaction to the consumer
     * @param commitMillis how long the commit took
     */
    public record Block(
            int round,
            Contender contender,
            int rate,
            int events,
            int lost,
            Journal.Faults faults,
            double committedPerSecond,
            Machine.Use use,
            double cpuMicrosPerEvent,
            Map<String, Double> sinceCommitMillis,
            Map<String, Double> sinceDueMillis,
            Map<String, Double> commitMillis) {

        Block with(Journal.Faults ofTurn, int lostInWarmUp) {
            return new Block(
                    round,
                    contender,
                    rate,
                    events,
                    lost + lostInWarmUp,
                    ofTurn,
                    committedPerSecond,
                    use,
                    cpuMicrosPerEvent,
                    sinceCommitMillis,
                    sinceDueMillis,
                    commitMillis);
        }

        boolean quiet() {
            return use.quiet();
        }

        double p50() {
            return at(sinceCommitMillis, "p50");
        }

        double p99() {
            return at(sinceCommitMillis, "p99");
        }

        double dueP99() {
            return at(sinceDueMillis, "p99");
        }

        String line(String label) {
            return String.format(
                    Locale.ROOT,
                    "%-11s %-12s %,6d/s  p50 %8.2f ms  p99 %8.2f ms  lost %d  cpu %4.0f us/event%s",
                    label,
                    contender.title(),
                    rate,
                    p50(),
                    p99(),
                    lost,
                    cpuMicrosPerEvent,
                    remark(use));
        }
    }

    /**
     * One backlog carried by one contender.
     *
     * @param perSecond between the first and the last arrival
     * @param secondsFromStart from the order to start to the last arrival
     */
    public record Drain(
            int round,
            Contender contender,
            int events,
            int lost,
            Journal.Faults faults,
            double perSecond,
            double secondsFromStart,
            Machine.Use use,
            double cpuMicrosPerEvent) {

        boolean quiet() {
            return use.quiet();
        }

        String line(String label) {
            return String.format(
                    Locale.ROOT,
                    "%-11s %-12s %,9.0f events/s  %5.1f s from start  lost %d  cpu %4.0f us/event%s",
                    label,
                    contender.title(),
                    perSecond,
                    secondsFromStart,
                    lost,
                    cpuMicrosPerEvent,
                    remark(use));
        }
    }

    /**
     * One contender left alone for some seconds. What other programs do meanwhile changes nothing: processor time is
     * counted, not time.
     *
     * @param share of one processor that the contender's JVM used, 0 to 1
     * @param lost of the events before
     */
    public record Rest(int round, Contender contender, double seconds, double share, int lost) {

        String line(String label) {
            return String.format(
                    Locale.ROOT,
                    "%-11s %-12s %.2f %% of a processor for %.0f s  lost %d",
                    label,
                    contender.title(),
                    share * 100,
                    seconds,
                    lost);
        }
    }

    /**
     * A goal and what came of it.
     *
     * @param ratio median of the ratios of pairs, with its bootstrap interval; at rest, of the shares of a processor
     */
    public record Verdict(String goal, double target, Samples.Interval ratio, boolean held) {

        String outcome() {
            if (ratio.count() == 0) {
                return "no pair";
            }
            return held ? "held" : "MISSED";
        }
    }

    void add(Block block) {
        blocks.add(block);
    }

    void add(Drain drain) {
        drains.add(drain);
    }

    void add(Rest rest) {
        rests.add(rest);
    }

    public List<Block> blocks() {
        return List.copyOf(blocks);
    }

    public List<Drain> drains() {
        return List.copyOf(drains);
    }

    public List<Rest> rests() {
        return List.copyOf(rests);
    }

    /** Whether every rate has as many undisturbed rounds of all contenders as planned. */
    boolean complete() {
        return plan.rates().stream()
                .allMatch(rate ->
                        pairs(rate, Contender.OURS, Contender.STOCK, Block::p99).count() >= plan.rounds()
                                && pairs(rate, Contender.OURS, Contender.BARE, Block::p99)
                                                .count()
                                        >= plan.rounds());
    }

    @Override
    public boolean succeeded() {
        return nothingLost();
    }

    /** Whether every committed event of every block reached the consumer, whole and in the order of its key. */
    public boolean nothingLost() {
        return blocks.stream().allMatch(block -> block.lost == 0 && clean(block.faults))
                && drains.stream().allMatch(drain -> drain.lost == 0 && clean(drain.faults))
                && rests.stream().allMatch(rest -> rest.lost == 0);
    }

    private static boolean clean(Journal.Faults faults) {
        return faults.disordered() == 0 && faults.strangers() == 0;
    }

    /** The goals; a run that lost an event meets none of them. */
    public List<Verdict> verdicts() {
        Samples.Interval toStock =
                pairs(TARGET_RATE, Contender.OURS, Contender.STOCK, Block::p99).medianInterval();
        Samples.Interval toBare =
                pairs(TARGET_RATE, Contender.OURS, Contender.BARE, Block::p99).medianInterval();
        Samples.Interval drain = drainPairs(Contender.OURS, Contender.BARE).medianInterval();
        Samples.Interval rest = shares(Contender.OURS).medianInterval();
        return List.of(
                new Verdict(
                        "p99 at 1,000/s / stock engine at most 1/30",
                        TARGET_TO_STOCK,
                        toStock,
                        nothingLost() && toStock.median() <= TARGET_TO_STOCK),
                new Verdict(
                        "p99 at 1,000/s / bare stream at most 6",
                        TARGET_TO_BARE,
                        toBare,
                        nothingLost() && toBare.median() <= TARGET_TO_BARE),
                new Verdict(
                        "drain rate / bare stream at least 0.5",
                        TARGET_DRAIN,
                        drain,
                        nothingLost() && drain.median() >= TARGET_DRAIN),
                new Verdict(
                        "share of a processor at rest at most 0.015",
                        TARGET_REST,
                        rest,
                        nothingLost() && rest.median() <= TARGET_REST));
    }

    private Samples shares(Contender contender) {
        return new Samples(rests.stream()
                .filter(rest -> rest.contender == contender)
                .mapToDouble(Rest::share)
                .toArray());
    }

    private Samples pairs(int rate, Contender one, Contender other, ToDoubleFunction<Block> figure) {
        return new Samples(blocks.stream()
                .filter(block -> block.contender == one && block.rate == rate && block.quiet())
                .map(block -> partner(block, other)
                        .map(partner -> figure.applyAsDouble(block) / figure.applyAsDouble(partner)))
                .flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    private Optional<Block> partner(Block block, Contender other) {
        return blocks.stream()
                .filter(candidate -> candidate.contender == other
                        && candidate.rate == block.rate
                        && candidate.round == block.round
                        && candidate.quiet())
                .findFirst();
    }

    private Samples drainPairs(Contender one, Contender other) {
        return new Samples(drains.stream()
                .filter(drain -> drain.contender == one && drain.quiet())
                .flatMap(drain -> drains.stream()
                        .filter(candidate ->
                                candidate.contender == other && candidate.round == drain.round && candidate.quiet())
                        .map(candidate -> drain.perSecond / candidate.perSecond))
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    private static String remark(Machine.Use use) {
        return use.quiet()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  thrown away: steal %.0f %%, other programs %.0f %%",
                        use.steal() * 100,
                        use.others() * 100);
    }

    private static double at(Map<String, Double> percentiles, String name) {
        return percentiles.getOrDefault(name, Double.NaN);
    }

    /** The figures for people. */
    @Override
    public String table() {
        var table = new StringBuilder();
        line(table, "commit -> consumer in ms, medians of the blocks that count");
        line(
                table,
                String.format(
                        Locale.ROOT,
                        "%-8s %-13s %9s %9s %12s %10s %12s %7s",
                        "rate/s",
                        "",
                        "p50",
                        "p99",
                        "p99 due",
                        "commits/s",
                        "cpu us/event",
                        "blocks"));
        for (int rate : plan.rates()) {
            for (Contender contender : Contender.values()) {
                List<Block> of = blocks.stream()
                        .filter(block -> block.contender == contender && block.rate == rate && block.quiet())
                        .toList();
                line(
                        table,
                        String.format(
                                Locale.ROOT,
                                "%-8d %-13s %9.2f %9.2f %12.2f %10.0f %12.0f %7d",
                                rate,
                                contender.title(),
                                median(of, Block::p50),
                                median(of, Block::p99),
                                median(of, Block::dueP99),
                                median(of, Block::committedPerSecond),
                                median(of, Block::cpuMicrosPerEvent),
                                of.size()));
            }
        }
        line(table, "");
        line(
                table,
                String.format(
                        Locale.ROOT, "%s: median of the ratios of pairs [95 %% interval], n", Contender.OURS.title()));
        for (int rate : plan.rates()) {
            for (Contender other : List.of(Contender.STOCK, Contender.BARE)) {
                line(
                        table,
                        String.format(
                                Locale.ROOT,
                                "%-8d / %-13s p50 %s   p99 %s",
                                rate,
                                other.title(),
                                text(pairs(rate, Contender.OURS, other, Block::p50)
                                        .medianInterval()),
                                text(pairs(rate, Contender.OURS, other, Block::p99)
                                        .medianInterval())));
            }
        }
        line(table, "");
        line(table, String.format(Locale.ROOT, "backlog of %,d events, drained per second", plan.drainEvents()));
        for (Contender contender : Contender.values()) {
            List<Drain> of = drains.stream()
                    .filter(drain -> drain.contender == contender && drain.quiet())
                    .toList();
            line(
                    table,
                    String.format(
                            Locale.ROOT,
                            "%-13s %,9.0f events/s  %5.1f s from start  cpu %4.0f us/event  n %d",
                            contender.title(),
                            median(of, Drain::perSecond),
                            median(of, Drain::secondsFromStart),
                            median(of, Drain::cpuMicrosPerEvent),
                            of.size()));
        }
        line(table, "");
        line(table, "nothing to do: share of one processor");
        for (Contender contender : Contender.values()) {
            Samples shares = shares(contender);
            line(
                    table,
                    String.format(
                            Locale.ROOT,
                            "%-13s %9.2f %%  n %d",
                            contender.title(),
                            shares.median() * 100,
                            shares.count()));
        }
        line(table, "");
        for (Contender contender : Contender.values()) {
            line(table, counts(contender));
        }
        line(table, "");
        for (Verdict verdict : verdicts()) {
            line(
                    table,
                    String.format(Locale.ROOT, "%-7s %-45s %s", verdict.outcome(), verdict.goal, text(verdict.ratio)));
        }
        long thrownAway = blocks.stream().filter(block -> !block.quiet()).count()
                + drains.stream().filter(drain -> !drain.quiet()).count();
        line(table, String.format(Locale.ROOT, "%d blocks thrown away", thrownAway));
        return table.toString();
    }

    private String counts(Contender contender) {
        List<Block> of =
                blocks.stream().filter(block -> block.contender == contender).toList();
        List<Drain> drained =
                drains.stream().filter(drain -> drain.contender == contender).toList();
        long committed = of.stream().mapToLong(Block::events).sum()
                + drained.stream().mapToLong(Drain::events).sum();
        long lost = of.stream().mapToLong(Block::lost).sum()
                + drained.stream().mapToLong(Drain::lost).sum();
        List<Journal.Faults> faults =
                new ArrayList<>(drained.stream().map(Drain::faults).toList());
        // The blocks of one turn share its faults: each turn counts once.
        of.stream()
                .collect(Collectors.groupingBy(Block::round))
                .values()
                .forEach(turn -> faults.add(turn.getFirst().faults));
        return String.format(
                Locale.ROOT,
                "%-13s %,d events, %d lost, %d twice, %d out of the order of their key, %d foreign",
                contender.title(),
                committed,
                lost,
                faults.stream().mapToInt(Journal.Faults::duplicates).sum(),
                faults.stream().mapToInt(Journal.Faults::disordered).sum(),
                faults.stream().mapToInt(Journal.Faults::strangers).sum());
    }

    private static <T> double median(List<T> of, ToDoubleFunction<T> figure) {
        return new Samples(of.stream().mapToDouble(figure).toArray()).median();
    }

    private static String text(Samples.Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.4g [%.4g, %.4g] n=%d",
                interval.median(),
                interval.low(),
                interval.high(),
                interval.count());
    }

    private static void line(StringBuilder table, String text) {
        table.append(text).append('\n');
    }

    /**
     * Writes the results file of this run.
     *
     * @return the file
     */
    @Override
    public Path write(Path directory, Clock clock) throws IOException {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("plan", plan.name());
        figures.put("blockSeconds", plan.block().toMillis() / 1000.0);
        figures.put("payloadBytes", Events.PAYLOAD_BYTES);
        figures.put("keys", Events.KEYS);
        figures.put("partitions", RelayBenchmark.PARTITIONS);
        figures.put("machine", machine);
        figures.put("postgres", databaseSettings);
        figures.put("kafka", AppInfoParser.getVersion());
        figures.put(
                "debezium",
                Optional.ofNullable(DebeziumEngine.class.getPackage().getImplementationVersion())
                        .orElse("unknown"));
        figures.put("contenderJvmOptions", Contender.JVM_OPTIONS);
        figures.put("brokerJvmOptions", Broker.JVM_OPTIONS);
        figures.put("thrownAwayAbove", Machine.Use.LIMITS);
        figures.put("verdicts", verdicts());
        figures.put("table", table().lines().toList());
        figures.put("blocks", blocks);
        figures.put("drains", drains);
        figures.put("restSeconds", plan.rest().toMillis() / 1000.0);
        figures.put("rests", rests);
        return ResultsFile.write(directory, "relay", plan.name(), clock, figures);
    }
}
