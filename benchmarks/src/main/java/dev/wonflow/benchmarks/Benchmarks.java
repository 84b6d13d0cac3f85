package dev.wonflow.benchmarks;

import dev.wonflow.benchmarks.bed.Broker;
import dev.wonflow.benchmarks.bed.Options;
import dev.wonflow.benchmarks.bed.Report;
import dev.wonflow.benchmarks.payments.PaymentsBenchmark;
import dev.wonflow.benchmarks.relay.Contender;
import dev.wonflow.benchmarks.relay.RelayBenchmark;
import dev.wonflow.benchmarks.renewals.RenewalsBenchmark;
import dev.wonflow.benchmarks.sandbox.SandboxBenchmark;
import dev.wonflow.benchmarks.work.WorkBenchmark;
import dev.wonflow.runtime.SystemClock;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Entry point of every benchmark and of the processes they start. */
public final class Benchmarks {

    private static final String USAGE = """
            usage: benchmarks/run relay|sandbox|work|payments|renewals [--quick] [--results DIR] [--work DIR]

              relay      commit -> consumer latency and drain rate of the outbox relay
              sandbox    start time of the sandbox, and its confirms with 100,000 payments in the books
              work       planned work done by libs/work-queue and by db-scheduler: items/s and statements per item
              payments   checkouts and confirms through all services: rate, latency, processor time and SQL of one
              renewals   100,000 due subscriptions charged at a slow Toss, also while both services are killed
              --quick    a smoke run of two to three minutes; its figures are not worth quoting
              --results  where the results file goes (benchmarks/results)
              --work     where PostgreSQL and Kafka keep their data meanwhile; on a real disk (benchmarks/target/work)
            """;

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            System.err.print(USAGE);
            System.exit(2);
        }
        List<String> rest = Arrays.asList(args).subList(1, args.length);
        System.exit(run(args[0], rest));
    }

    private static int run(String command, List<String> args) throws IOException, InterruptedException {
        return switch (command) {
            case "relay" -> run(args, RelayBenchmark::run);
            case "sandbox" -> run(args, SandboxBenchmark::run);
            case "work" -> run(args, WorkBenchmark::run);
            case "payments" -> run(args, PaymentsBenchmark::run);
            case "renewals" -> run(args, RenewalsBenchmark::run);
            case Broker.COMMAND -> Broker.serve(args);
            case Contender.COMMAND -> Contender.serve(args);
            default -> {
                System.err.print(USAGE);
                yield 2;
            }
        };
    }

    private static int run(List<String> args, Benchmark benchmark) throws IOException, InterruptedException {
        Optional<Options> options = Options.of(args, USAGE);
        if (options.isEmpty()) {
            return 2;
        }
        Report report = benchmark.run(options.get());
        System.out.println();
        System.out.println(report.table());
        System.out.println("results: " + report.write(options.get().results(), SystemClock.inSeoul()));
        return report.succeeded() ? 0 : 1;
    }

    private interface Benchmark {
        Report run(Options options) throws IOException, InterruptedException;
    }
}
