package dev.wonflow.benchmarks.renewals;

import dev.wonflow.benchmarks.bed.Broker;
import dev.wonflow.benchmarks.bed.Database;
import dev.wonflow.benchmarks.bed.Machine;
import dev.wonflow.benchmarks.bed.Options;
import dev.wonflow.benchmarks.bed.Report;
import dev.wonflow.benchmarks.payments.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Has many subscriptions renew at once, while Toss is slow, declines some and loses some answers: once undisturbed, and
 * once while both services are killed again and again.
 */
public final class RenewalsBenchmark {

    private static final Duration LONGEST = Duration.ofMinutes(60);
    private static final long LOOK_MILLIS = 250;
    private static final int WARM_UP = 2_000;

    /** Tenants the issuer of the bench knows; each has half of the subscriptions, one for each of its products. */
    private static final List<String> TENANTS = List.of("acme", "globex");

    /** A run lasts for minutes, in which tables grow a hundred times over: without autovacuum nobody runs one. */
    private static final Map<String, String> SERVER =
            Map.of("shared_preload_libraries", "pg_stat_statements", "max_connections", "200", "autovacuum", "on");

    /** Looks at the first of each, and counts nothing: whoever waits is not to be what is measured. */
    private static final String GOES_ON =
            "SELECT EXISTS (SELECT FROM subscription WHERE due_at <= now() AND parked_at IS NULL)"
                    + " OR EXISTS (SELECT FROM charge_attempt WHERE ended_at IS NULL) AS looked";

    private static final String CLAIMED = "SELECT coalesce(sum(claimed), 0) AS looked FROM renewal_run";

    private static final String STOPPED = "SELECT state || ': ' || coalesce(reason, 'no reason') AS looked"
            + " FROM renewal_switch WHERE state <> 'ON'";

    private static final String PLANS = "SELECT count(*) AS looked FROM plan_version WHERE plan_id = 'team'";

    private final RenewalsPlan plan;
    private final Database database;
    private final BillingStack stack;
    private final Toss toss;
    private final RenewalsReport report;
    private final Consumer<String> progress;

    private RenewalsBenchmark(
            RenewalsPlan plan,
            Database database,
            BillingStack stack,
            Toss toss,
            RenewalsReport report,
            Consumer<String> progress) {
        this.plan = plan;
        this.database = database;
        this.stack = stack;
        this.toss = toss;
        this.report = report;
        this.progress = progress;
    }

    /** Measures what the command line asks for. */
    public static Report run(Options options) throws IOException, InterruptedException {
        return run(options.quick() ? RenewalsPlan.QUICK : RenewalsPlan.FULL, options.work(), System.out::println);
    }

    /**
     * Measures.
     *
     * @throws IllegalStateException if a due period was not charged exactly once
     */
    static RenewalsReport run(RenewalsPlan plan, Path work, Consumer<String> progress)
            throws IOException, InterruptedException {
        var report = new RenewalsReport(plan, Machine.description(work));
        Path directory = Files.createTempDirectory(Files.createDirectories(work), "renewals-");
        progress.accept("starting database, broker and services ...");
        try (var database = Database.start(directory, SERVER);
                var broker = Broker.start(directory)) {
            database.execute("CREATE EXTENSION pg_stat_statements");
            report.note(database.settings());
            try (var stack = BillingStack.start(database, broker, plan, directory.resolve("services"));
                    var toss = new Toss(stack)) {
                new RenewalsBenchmark(plan, database, stack, toss, report, progress).measure();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("postgres", e);
        }
        return report;
    }

    private void measure() throws SQLException, IOException, InterruptedException {
        while (number(PLANS) == 0) {
            Thread.sleep(LOOK_MILLIS);
        }
        Map<String, String> methods = new LinkedHashMap<>();
        TENANTS.forEach(tenant -> methods.put(tenant, toss.register(tenant)));
        toss.misbehave();
        // Warms the services up.
        block("warm-up", Math.min(plan.due(), WARM_UP), methods, plan.inFlight(), 0);
        report.add(block(RenewalsReport.CALM, plan.due(), methods, plan.inFlight(), 0));
        stack.restartPayments(plan.few());
        block("rewarm", Math.min(plan.fewDue(), WARM_UP), methods, plan.few(), 0);
        report.add(block(RenewalsReport.FEW, plan.fewDue(), methods, plan.few(), 0));
        stack.restartPayments(plan.inFlight());
        report.add(block(RenewalsReport.KILLED, plan.due(), methods, plan.inFlight(), plan.kills()));
    }

    private RenewalsReport.Block block(String kind, int due, Map<String, String> methods, int inFlight, int kills)
            throws SQLException, IOException, InterruptedException {
        turn("PAUSED");
        for (var method : methods.entrySet()) {
            addDue(kind, method.getKey(), method.getValue(), due / methods.size());
        }
        vacuum();
        long chargedBefore = number("SELECT count(*) AS looked FROM charge_attempt");
        database.execute("CHECKPOINT");
        Counts before = Counts.read(database);
        Map<String, Double> cpuBefore = stack.cpuSeconds();
        Machine.Ticks ticksBefore = Machine.ticks(own());
        long begun = System.nanoTime();
        turn("ON");
        double seconds = awaitEnd(due, kills);
        Machine.Use use = Machine.ticks(own()).since(ticksBefore);
        var cpu = new LinkedHashMap<String, Double>();
        if (kills == 0) {
            stack.cpuSeconds()
                    .forEach((part, used) -> cpu.put(part, (used - cpuBefore.getOrDefault(part, 0.0)) * 1e3 / due));
        }
        long charges = number("SELECT count(*) AS looked FROM charge_attempt") - chargedBefore;
        Counts.PerItem cost = Counts.read(database)
                .since(before, (int) charges, List.of(BillingStack.SUBSCRIPTIONS, BillingStack.PAYMENTS));
        var found = new RenewalsReport.Block(
                kind,
                inFlight,
                charges,
                seconds,
                charges / seconds / RenewalsPlan.ideal(inFlight),
                cost,
                cpu,
                use,
                kills,
                check(kind));
        progress.accept(
                found.line() + String.format(" (%.0f s with all that follows)", (System.nanoTime() - begun) / 1e9));
        return found;
    }

    /** Adds subscriptions that are due, each to a product of its own. */
    private void addDue(String kind, String tenant, String method, int count) throws SQLException {
        subscriptions("""
            INSERT INTO subscription (id, tenant_id, product, plan, plan_version, quantity, status, collection,
                billing_method_id, zone, billing_day, anchor_at, period_number, period_start, plan_expires_at,
                period_value_won, activated_at, due_at, livemode, last_order_id, last_payment_id, version, engine_version)
            SELECT uuidv7(), '%1$s', 'product-%2$s-' || i, 'team', 1, 1, 'ACTIVE', 'AUTOMATIC', '%3$s', 'Asia/Seoul', 1,
                date_trunc('second', now()) - interval '31 days', 0, date_trunc('second', now()) - interval '31 days',
                date_trunc('second', now()), 29000, date_trunc('second', now()) - interval '31 days',
                date_trunc('second', now()), false, 'ord_before', 'pay_before', 1, 1
            FROM generate_series(1, %4$d) AS i /* AS looked */
            """.formatted(tenant, kind, method, count));
    }

    /** Waits until nothing is due and nothing under way; in between it kills, evenly over what is to be done. */
    private double awaitEnd(int due, int kills) throws SQLException, IOException, InterruptedException {
        long begun = System.nanoTime();
        long claimedBefore = number(CLAIMED);
        int killed = 0;
        while (texts(GOES_ON).equals(List.of("t"))) {
            List<String> stopped = texts(STOPPED);
            if (!stopped.isEmpty() || System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new IllegalStateException(
                        "renewals: " + stopped + " (expected: nothing stopped, and an end within " + LONGEST + ")");
            }
            if (killed < kills) {
                long claimed = number(CLAIMED) - claimedBefore;
                if (claimed > (long) due * (killed + 1) / (kills + 1)) {
                    killed++;
                    stack.killAndStart();
                    progress.accept("killed both services when " + claimed + " of " + due + " were claimed");
                }
            }
            Thread.sleep(LOOK_MILLIS);
        }
        if (killed < kills) {
            throw new IllegalStateException("kills: " + killed + " (expected: " + kills + ")");
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /**
     * Compares the books: each period that was due has one invoice, and Toss has taken the money of each paid one once
     * and of no other.
     */
    private RenewalsReport.Books check(String kind) throws SQLException {
        Map<String, Integer> captures = toss.captures();
        Set<String> paid = new HashSet<>(
                texts(
                        "SELECT 'chg_' || replace(charge_id::text, '-', '') AS looked FROM charge_attempt WHERE status = 'PAID'"));
        long twice = captures.values().stream().filter(times -> times > 1).count();
        long missing =
                paid.stream().filter(order -> !captures.containsKey(order)).count();
        long unknown = captures.keySet().stream()
                .filter(order -> !paid.contains(order))
                .count();
        long without = number("SELECT count(*) AS looked FROM subscription LEFT JOIN"
                + " (SELECT subscription_id, count(*) AS invoices FROM invoice GROUP BY 1) AS issued ON subscription_id = id"
                + " WHERE product LIKE 'product-" + kind + "-%' AND invoices IS DISTINCT FROM 1");
        var books = new RenewalsReport.Books(paid.size(), captures.size(), twice, missing, unknown, without);
        if (!books.agree()) {
            throw new IllegalStateException(kind + ": " + books + " (expected: each due period charged once)");
        }
        return books;
    }

    private void turn(String state) throws SQLException {
        subscriptions("UPDATE renewal_switch SET state = '" + state
                + "', changed_at = now(), judged_from = now() /* AS looked */");
    }

    private void vacuum() throws SQLException {
        for (String name : List.of(BillingStack.SUBSCRIPTIONS, BillingStack.PAYMENTS)) {
            try (var connection = database.connect(name);
                    var statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE");
            }
        }
    }

    private void subscriptions(String sql) throws SQLException {
        try (var connection = database.connect(BillingStack.SUBSCRIPTIONS);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(texts(sql).getFirst());
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (var connection = database.connect(BillingStack.SUBSCRIPTIONS);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private List<Long> own() throws IOException {
        List<Long> own = new ArrayList<>(stack.pids());
        own.add(ProcessHandle.current().pid());
        return own;
    }
}
