package dev.wonflow.benchmarks.payments;

import dev.wonflow.benchmarks.bed.Broker;
import dev.wonflow.benchmarks.bed.Database;
import dev.wonflow.benchmarks.bed.Machine;
import dev.wonflow.benchmarks.bed.Options;
import dev.wonflow.benchmarks.bed.Report;
import dev.wonflow.benchmarks.bed.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has checkouts pass through all services on this machine: many at once, confirmed as fast as it goes, confirmed while
 * Toss is slow, and one after another.
 */
public final class PaymentsBenchmark {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 20;

    private final PaymentsPlan plan;
    private final Database database;
    private final Services services;
    private final Shop shop;
    private final PaymentsReport report;
    private final Flags flags;
    private final Consumer<String> progress;
    private int named;

    private PaymentsBenchmark(
            PaymentsPlan plan,
            Database database,
            Services services,
            Shop shop,
            PaymentsReport report,
            Flags flags,
            Consumer<String> progress) {
        this.plan = plan;
        this.database = database;
        this.services = services;
        this.shop = shop;
        this.report = report;
        this.flags = flags;
        this.progress = progress;
    }

    /** Measures what the command line asks for. */
    public static Report run(Options options) throws IOException, InterruptedException {
        return run(
                options.quick() ? PaymentsPlan.QUICK : PaymentsPlan.FULL,
                List.of(Flags.values()),
                options.work(),
                System.out::println);
    }

    /**
     * Measures.
     *
     * @throws IllegalStateException if a payment was not taken, or an order not confirmed
     */
    static PaymentsReport run(PaymentsPlan plan, List<Flags> kinds, Path work, Consumer<String> progress)
            throws IOException, InterruptedException {
        var report = new PaymentsReport(plan, Machine.description(work));
        for (Flags flags : kinds) {
            Path directory = Files.createTempDirectory(Files.createDirectories(work), "payments-");
            progress.accept(flags + ": starting database, broker and services ...");
            try (var database = Database.start(
                            directory,
                            Map.of("shared_preload_libraries", "pg_stat_statements", "max_connections", "200"));
                    var broker = Broker.start(directory)) {
                database.execute("CREATE EXTENSION pg_stat_statements");
                report.note(database.settings());
                try (var services = Services.start(database, broker, flags, directory.resolve("services"));
                        var shop = new Shop(services, broker.bootstrapServers())) {
                    new PaymentsBenchmark(plan, database, services, shop, report, flags, progress).measure();
                }
            } catch (SQLException e) {
                throw new IllegalStateException("postgres", e);
            }
        }
        return report;
    }

    private void measure() throws SQLException, IOException, InterruptedException {
        List<String> warm = burst(plan.warmUp(), false);
        confirms("warm-up", warm, false);
        for (int round = 0; round < plan.rounds(); round++) {
            vacuum();
            List<String> orders = burst(plan.checkouts(), true);
            confirms(PaymentsReport.CONFIRMS, orders, true);
            List<String> slow = burst(plan.slow(), false);
            shop.slowDown(slow.size());
            confirms(PaymentsReport.SLOW, slow, true);
            bare(plan.checkouts());
            sequential();
        }
    }

    /** What autovacuum, which is off, would have done by now. */
    private void vacuum() throws SQLException {
        for (String name : Services.DATABASES) {
            try (var connection = database.connect(name);
                    var statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE");
            }
        }
    }

    /** Publishes checkouts all at once and waits until each has its payment. */
    private List<String> burst(int count, boolean counts) throws SQLException, IOException, InterruptedException {
        String name = name("burst");
        long before = requested();
        Block block = new Block(PaymentsReport.BURST, count);
        shop.publish(name, count);
        awaitCount("payments requested", before + count, this::requested);
        block.timeIsOver();
        // Not all of a checkout is over with its payment: the order hears of it.
        awaitCount("orders", count, () -> orders(name).size());
        if (counts) {
            block.end(null);
        }
        return orders(name);
    }

    private void confirms(String kind, List<String> orders, boolean counts)
            throws SQLException, IOException, InterruptedException {
        List<Shop.Ready> ready = shop.authenticate(orders);
        long before = confirmed();
        Block block = new Block(kind, orders.size());
        double[] millis = shop.confirm(ready, plan.clients());
        block.timeIsOver();
        awaitCount("orders confirmed", before + orders.size(), this::confirmed);
        if (counts) {
            block.end(millis);
        }
    }

    /** The same statements about the same tables, with no service around them. */
    private void bare(int count) throws SQLException, IOException, InterruptedException {
        burst(count, false);
        try (var bare = BareConfirms.prepare(database.url("payments"), plan.clients(), count)) {
            Block block = new Block(PaymentsReport.BARE, count);
            bare.run();
            block.timeIsOver();
            block.end(null);
        }
    }

    private void sequential() throws SQLException, IOException, InterruptedException {
        Block block = new Block(PaymentsReport.SEQUENTIAL, plan.sequential());
        double[] millis = shop.oneByOne(name("single"), plan.sequential());
        block.timeIsOver();
        block.end(millis);
    }

    private String name(String kind) {
        return kind + "-" + flags + "-" + named++;
    }

    private long requested() throws SQLException {
        return number("payments", "SELECT count(*) AS looked FROM payment");
    }

    private long confirmed() throws SQLException {
        return number("orders", "SELECT count(*) AS looked FROM sales_order WHERE status = 'CONFIRMED'");
    }

    private List<String> orders(String name) throws SQLException {
        List<String> orders = new ArrayList<>();
        try (var connection = database.connect("orders");
                var statement = connection.prepareStatement(
                        "SELECT id AS looked FROM sales_order WHERE request_id LIKE ? ORDER BY request_id")) {
            statement.setString(1, name + "-%");
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    orders.add(rows.getString(1));
                }
            }
        }
        return orders;
    }

    private interface Count {
        long read() throws SQLException;
    }

    private static void awaitCount(String what, long expected, Count count) throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        for (long seen = count.read(); seen < expected; seen = count.read()) {
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new IllegalStateException(
                        what + ": " + seen + " (expected: " + expected + " within " + LONGEST + ")");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private long number(String name, String sql) throws SQLException {
        try (var connection = database.connect(name);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** What is read before and after. */
    private final class Block {

        private final String kind;
        private final int items;
        private final Counts before;
        private final Map<String, Double> cpuBefore;
        private final double loadBefore;
        private final Machine.Ticks ticksBefore;
        private final long begun;
        private final int turnedAwayBefore;
        private double seconds;

        Block(String kind, int items) throws SQLException, IOException {
            this.kind = kind;
            this.items = items;
            database.execute("CHECKPOINT");
            this.before = Counts.read(database);
            this.cpuBefore = services.cpuSeconds();
            this.loadBefore = load();
            this.ticksBefore = Machine.ticks(own());
            this.turnedAwayBefore = shop.turnedAway();
            this.begun = System.nanoTime();
        }

        void timeIsOver() {
            seconds = (System.nanoTime() - begun) / 1e9;
        }

        void end(double @Nullable [] millis) throws SQLException, IOException {
            Machine.Use use = Machine.ticks(own()).since(ticksBefore);
            var cpu = new LinkedHashMap<String, Double>();
            services.cpuSeconds()
                    .forEach((part, used) -> cpu.put(part, (used - cpuBefore.getOrDefault(part, 0.0)) * 1e3 / items));
            var found = new PaymentsReport.Block(
                    flags.name(),
                    kind,
                    items,
                    seconds,
                    Counts.read(database).since(before, items),
                    cpu,
                    (load() - loadBefore) * 1e3 / items,
                    use,
                    shop.turnedAway() - turnedAwayBefore,
                    millis == null ? null : new Samples(millis).percentiles());
            report.add(found);
            progress.accept(found.line());
        }

        private static double load() {
            return Machine.cpuSeconds(ProcessHandle.current().pid());
        }

        private List<Long> own() throws IOException {
            List<Long> own = new ArrayList<>(services.pids());
            own.add(ProcessHandle.current().pid());
            return own;
        }
    }
}
