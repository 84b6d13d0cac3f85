package dev.wonflow.benchmarks.work;

import dev.wonflow.benchmarks.bed.Database;
import dev.wonflow.benchmarks.bed.Machine;
import dev.wonflow.benchmarks.bed.Options;
import dev.wonflow.benchmarks.bed.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Has each contender do the same items, with one instance and with two, and counts what that asks of PostgreSQL. */
public final class WorkBenchmark {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final WorkPlan plan;
    private final Database database;
    private final Consumer<String> progress;

    private WorkBenchmark(WorkPlan plan, Database database, Consumer<String> progress) {
        this.plan = plan;
        this.database = database;
        this.progress = progress;
    }

    /** Measures what the command line asks for. */
    public static Report run(Options options) throws IOException, InterruptedException {
        return run(options.quick() ? WorkPlan.QUICK : WorkPlan.FULL, options.work(), System.out::println);
    }

    /**
     * Measures.
     *
     * @throws IllegalStateException if an item was not done, or done twice
     */
    public static WorkReport run(WorkPlan plan, Path work, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(Files.createDirectories(work), "work-");
        try (var database = Database.start(directory, Map.of("shared_preload_libraries", "pg_stat_statements"))) {
            var report = new WorkReport(plan, Machine.description(work), database.settings());
            new WorkBenchmark(plan, database, progress).measure(report);
            return report;
        } catch (SQLException e) {
            throw new IllegalStateException("postgres", e);
        }
    }

    private void measure(WorkReport report) throws SQLException, IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>(List.of(new OwnQueue(database), new DbScheduler(database)));
        database.execute("CREATE EXTENSION pg_stat_statements");
        database.execute(Effects.TABLE);
        for (Contender contender : contenders) {
            database.execute(contender.tables());
            block(contender, 1, Duration.ZERO, plan.warmUp());
        }
        for (int round = 0; round < plan.rounds(); round++) {
            for (Duration call : plan.calls()) {
                for (int instances = 1; instances <= 2; instances++) {
                    for (Contender contender : contenders) {
                        WorkReport.Block block = block(contender, instances, call, plan.items());
                        report.add(block);
                        progress.accept(block.line());
                    }
                }
            }
            // The other way round next time, so that neither always comes after the other.
            Collections.reverse(contenders);
        }
    }

    private WorkReport.Block block(Contender contender, int instances, Duration call, int items)
            throws SQLException, IOException, InterruptedException {
        database.execute("TRUNCATE effect");
        database.execute(contender.plan(items));
        database.execute("ANALYZE");
        database.execute("CHECKPOINT");
        database.execute("SELECT pg_stat_statements_reset()");
        long wal = number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
        long started = System.nanoTime();
        Machine.Ticks before = Machine.ticks(own());
        long looks = 0;
        long statements;
        try (Contender.Running _ = contender.start(instances, call)) {
            while (number("SELECT count(*) FROM effect") < items) {
                looks++;
                if (System.nanoTime() - started > LONGEST.toNanos()) {
                    throw new IllegalStateException(contender.name() + ": not done after " + LONGEST);
                }
                Thread.sleep(20);
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            Machine.Use use = Machine.ticks(own()).since(before);
            awaitEnd(contender);
            statements = number("SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements"
                    + " WHERE query !~ '^(BEGIN|COMMIT|SELECT count|SELECT pg_|SELECT coalesce|SET |SHOW )'");
            long walBytes = number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint") - wal;
            checkEffects(contender, items);
            return new WorkReport.Block(
                    contender.name(), instances, call.toMillis(), items, seconds, statements, walBytes, looks, use);
        }
    }

    /** The last effect is there before the last item has been ended. */
    private void awaitEnd(Contender contender) throws SQLException, InterruptedException {
        long started = System.nanoTime();
        while (number("SELECT count(*) FROM " + contender.table()) > 0) {
            if (System.nanoTime() - started > LONGEST.toNanos()) {
                throw new IllegalStateException(contender.name() + ": items left after " + LONGEST);
            }
            Thread.sleep(20);
        }
    }

    private void checkEffects(Contender contender, int items) throws SQLException {
        long all = number("SELECT count(*) FROM effect");
        long different = number("SELECT count(DISTINCT id) FROM effect");
        if (all != items || different != items) {
            throw new IllegalStateException(contender.name() + ": " + all + " effects of " + different
                    + " items (expected: " + items + " of " + items + ")");
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private List<Long> own() throws IOException {
        return List.of(ProcessHandle.current().pid(), database.pid());
    }
}
