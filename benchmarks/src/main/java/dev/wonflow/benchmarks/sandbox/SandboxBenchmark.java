package dev.wonflow.benchmarks.sandbox;

import dev.wonflow.benchmarks.bed.JarProcess;
import dev.wonflow.benchmarks.bed.Machine;
import dev.wonflow.benchmarks.bed.Options;
import dev.wonflow.benchmarks.bed.Report;
import dev.wonflow.benchmarks.bed.Samples;
import dev.wonflow.benchmarks.sandbox.Buyers.Latencies;
import dev.wonflow.benchmarks.sandbox.Buyers.Ready;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts the sandbox several times, then confirms payments at a steady rate: with few and with many in its books, and
 * with many while they are saved to a file.
 */
public final class SandboxBenchmark {

    /** Those of a local start, so that its figures are those of a local start. */
    static final List<String> JVM_OPTIONS =
            List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+AutoCreateSharedArchive");

    private static final int FILLED_AT_ONCE = 5_000;

    private final SandboxPlan plan;
    private final Path work;
    private final Consumer<String> progress;

    private SandboxBenchmark(SandboxPlan plan, Path work, Consumer<String> progress) {
        this.plan = plan;
        this.work = work;
        this.progress = progress;
    }

    /** Measures what the command line asks for. */
    public static Report run(Options options) throws IOException, InterruptedException {
        return run(options.quick() ? SandboxPlan.QUICK : SandboxPlan.FULL, options.work(), System.out::println);
    }

    /**
     * Measures.
     *
     * @throws IllegalStateException if one confirm is not answered with DONE
     */
    public static SandboxReport run(SandboxPlan plan, Path work, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(Files.createDirectories(work), "sandbox-");
        var benchmark = new SandboxBenchmark(plan, directory, progress);
        var report = new SandboxReport(plan, Machine.description(work));
        benchmark.starts(report);
        benchmark.confirms(report);
        return report;
    }

    private void starts(SandboxReport report) throws IOException {
        for (int i = -1; i < plan.starts(); i++) {
            Machine.Ticks before = Machine.ticks(own());
            try (var sandbox = start(Map.of())) {
                double seconds = sandbox.startTime().toNanos() / 1e9;
                // Read while the sandbox lives: an ended process takes its share with it.
                var start =
                        new SandboxReport.Start(seconds, Machine.ticks(own()).since(before));
                progress.accept(String.format(
                        Locale.ROOT, "%-12s %.2f s", i < 0 ? "first start" : "start " + (i + 1), seconds));
                if (i >= 0) {
                    report.add(start);
                }
            }
        }
    }

    private void confirms(SandboxReport report) throws IOException, InterruptedException {
        int payments = withoutSaving(report);
        whileSaving(report, payments);
    }

    /** Leaves its books in a file when it stops, and only then. */
    private int withoutSaving(SandboxReport report) throws IOException, InterruptedException {
        try (var sandbox = start(settings("24h"));
                var buyers = new Buyers(sandbox.base(), 0)) {
            int payments = warmUp(buyers);
            for (int round = 0; round < plan.rounds(); round++) {
                payments = block(report, sandbox, buyers, payments, false);
            }
            while (payments < plan.books()) {
                int count = Math.min(FILLED_AT_ONCE, plan.books() - payments);
                buyers.confirmAll(buyers.authenticate(count));
                payments += count;
                progress.accept(String.format(Locale.ROOT, "%,d payments in the books", payments));
            }
            payments += warmUp(buyers);
            for (int round = 0; round < plan.rounds(); round++) {
                payments = block(report, sandbox, buyers, payments, false);
            }
            return payments;
        }
    }

    /** The same books, read from the file and saved to it again as often as a sandbox does by itself. */
    private void whileSaving(SandboxReport report, int before) throws IOException, InterruptedException {
        Machine.Ticks ticks = Machine.ticks(own());
        try (var sandbox = start(settings("5s"));
                var buyers = new Buyers(sandbox.base(), before)) {
            double seconds = sandbox.startTime().toNanos() / 1e9;
            report.addLoad(new SandboxReport.Start(seconds, Machine.ticks(own()).since(ticks)), Files.size(state()));
            progress.accept(String.format(
                    Locale.ROOT,
                    "start with %,d payments in a file of %,d MiB  %.2f s",
                    before,
                    Files.size(state()) >> 20,
                    seconds));
            int payments = before + warmUp(buyers);
            for (int round = 0; round < plan.rounds(); round++) {
                payments = block(report, sandbox, buyers, payments, true);
            }
        }
    }

    /** Ready when it answers a call of Toss's API. */
    private JarProcess start(Map<String, String> settings) throws IOException {
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        options.add("-XX:SharedArchiveFile=" + work.resolve("sandbox.jsa"));
        List<String> arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toList();
        return JarProcess.start(
                work, new JarProcess.Program("toss-sandbox", options, arguments, Map.of(), "/v1/payments/nobody"));
    }

    private int warmUp(Buyers buyers) throws InterruptedException {
        buyers.confirm(buyers.authenticate(plan.confirms(plan.warmUp())), plan.rate());
        return plan.confirms(plan.warmUp());
    }

    private Path state() {
        return work.resolve("state.json");
    }

    private Map<String, String> settings(String saveEvery) {
        return Map.of(
                "wonflow.sandbox.payment.capacity",
                "" + (plan.payments() + 1),
                "wonflow.sandbox.state-file",
                state().toString(),
                "wonflow.sandbox.state-save-every",
                saveEvery);
    }

    private int block(SandboxReport report, JarProcess sandbox, Buyers buyers, int payments, boolean saving)
            throws InterruptedException {
        List<Ready> ready = buyers.authenticate(plan.confirms(plan.block()));
        double cpuBefore = Machine.cpuSeconds(sandbox.pid());
        Machine.Ticks before = Machine.ticks(own());
        Latencies latencies = buyers.confirm(ready, plan.rate());
        var block = new SandboxReport.Block(
                payments,
                saving,
                ready.size(),
                Machine.ticks(own()).since(before),
                (Machine.cpuSeconds(sandbox.pid()) - cpuBefore) * 1e6 / ready.size(),
                sandbox.residentMebibytes(),
                new Samples(latencies.sinceSent()).percentiles(),
                new Samples(latencies.sinceDue()).percentiles());
        report.add(block);
        progress.accept(block.line());
        return payments + ready.size();
    }

    /** This process; the sandbox is its child. */
    private static List<Long> own() {
        return List.of(ProcessHandle.current().pid());
    }
}
