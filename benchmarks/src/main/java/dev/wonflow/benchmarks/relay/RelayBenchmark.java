package dev.wonflow.benchmarks.relay;

import dev.wonflow.benchmarks.bed.Broker;
import dev.wonflow.benchmarks.bed.ChildJvm;
import dev.wonflow.benchmarks.bed.Database;
import dev.wonflow.benchmarks.bed.Machine;
import dev.wonflow.benchmarks.bed.Options;
import dev.wonflow.benchmarks.bed.Report;
import dev.wonflow.outbox.Outbox;
import dev.wonflow.relay.RelayAutoConfiguration;
import dev.wonflow.runtime.SystemClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

/** Measures every contender in turns on one database and one broker. */
public final class RelayBenchmark implements AutoCloseable {

    static final int PARTITIONS = 6;

    private static final int WARM_UP_EVENTS = 200;
    private static final int WARM_UP_RATE = 100;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final Duration ARRIVAL_LIMIT = Duration.ofSeconds(60);
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);

    /** Compilers and connections come to rest before a rest is measured. */
    private static final Duration CALMING_DOWN = Duration.ofSeconds(3);

    /** What comes so late that it could only be a duplicate still gets its chance to be counted. */
    private static final Duration GRACE = Duration.ofMillis(700);

    private static final List<List<Contender>> ORDERS = List.of(
            List.of(Contender.STOCK, Contender.BARE, Contender.OURS),
            List.of(Contender.OURS, Contender.BARE, Contender.STOCK),
            List.of(Contender.BARE, Contender.OURS, Contender.STOCK),
            List.of(Contender.STOCK, Contender.OURS, Contender.BARE),
            List.of(Contender.OURS, Contender.STOCK, Contender.BARE),
            List.of(Contender.BARE, Contender.STOCK, Contender.OURS));

    private final RelayPlan plan;
    private final Path work;
    private final Consumer<String> progress;
    private final long startedAt = System.nanoTime();
    private final Map<Contender, ChildJvm> jvms = new EnumMap<>(Contender.class);
    private final Database database;
    private final Broker broker;
    private final Admin admin;
    private final OutboxLoad load;
    private int topics;

    /** Measures what the command line asks for. */
    public static Report run(Options options) throws IOException, InterruptedException {
        return run(options.quick() ? RelayPlan.QUICK : RelayPlan.FULL, options.work(), System.out::println);
    }

    /** Starts everything, measures, stops everything. */
    public static RelayReport run(RelayPlan plan, Path work, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(Files.createDirectories(work), "relay-");
        RelayReport report;
        try (var benchmark = new RelayBenchmark(plan, directory, progress)) {
            report = benchmark.run();
        } catch (SQLException e) {
            throw new IOException("benchmark: database failed; logs in " + directory.resolve("logs"), e);
        }
        delete(directory);
        return report;
    }

    /** Only after a run that came to its end: the logs of another one are wanted. */
    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private RelayBenchmark(RelayPlan plan, Path work, Consumer<String> progress)
            throws IOException, InterruptedException, SQLException {
        this.plan = plan;
        this.work = work;
        this.progress = progress;
        tell(String.format(
                Locale.ROOT,
                "starting PostgreSQL, Kafka and %d contenders; data and logs in %s",
                Contender.values().length,
                work));
        database = Database.start(work);
        broker = Broker.start(work);
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
        createSchema();
        load = new OutboxLoad(database, SystemClock.inSeoul());
        for (Contender contender : Contender.values()) {
            String name = contender.name().toLowerCase(Locale.ROOT);
            jvms.put(
                    contender,
                    ChildJvm.start(
                            name,
                            work.resolve("logs"),
                            Contender.JVM_OPTIONS,
                            List.of(Contender.COMMAND, contender.name(), database.url(), broker.bootstrapServers())));
        }
    }

    private void createSchema() throws SQLException, IOException {
        database.execute(reference(Outbox.class, "0001__outbox.sql"));
        // As the outbox of a service adds it in a new database.
        database.execute("ALTER TABLE outbox ADD COLUMN traceparent text");
        database.execute(reference(RelayAutoConfiguration.class, "0001__relay.sql"));
        // Named and bounded as the housekeeping of a service does it: rows go through the same routed partitions.
        database.execute("""
            DO $$
            DECLARE
                today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
            BEGIN
                FOR day IN 0 .. 3 LOOP
                    EXECUTE format('CREATE TABLE outbox_p%s PARTITION OF outbox FOR VALUES FROM (%L) TO (%L)',
                            to_char(today + day, 'YYYYMMDD'),
                            (today + day) || ' 00:00:00+00',
                            (today + day + 1) || ' 00:00:00+00');
                END LOOP;
            END $$
            """);
        database.execute(Events.FILL_PROCEDURE);
    }

    private static String reference(Class<?> owner, String file) throws IOException {
        try (InputStream sql = owner.getResourceAsStream(file)) {
            if (sql == null) {
                throw new IOException(file + ": not beside " + owner.getName());
            }
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private RelayReport run() throws IOException, InterruptedException, SQLException {
        var report = new RelayReport(plan, Machine.description(work), database.settings());
        for (int round = -plan.warmUps(); round < plan.rounds() + plan.extraRounds(); round++) {
            if (round >= plan.rounds() && (report.complete() || elapsed().compareTo(plan.limit()) > 0)) {
                break;
            }
            for (Contender contender : ORDERS.get(Math.floorMod(round, ORDERS.size()))) {
                List<RelayReport.Block> blocks = latency(round, contender);
                if (round >= 0) {
                    blocks.forEach(report::add);
                }
            }
        }
        for (int round = plan.warmUps() > 0 ? -1 : 0; round < plan.drains(); round++) {
            List<RelayReport.Drain> drains = drain(round, round < 0 ? plan.drainEvents() / 10 : plan.drainEvents());
            if (round >= 0) {
                drains.forEach(report::add);
            }
        }
        for (int round = 0; round < plan.rests(); round++) {
            for (Contender contender : ORDERS.get(Math.floorMod(round, ORDERS.size()))) {
                report.add(rest(round, contender));
            }
        }
        return report;
    }

    /** One turn of one contender: started, warmed, all rates one after the other, stopped. */
    private List<RelayReport.Block> latency(int round, Contender contender)
            throws InterruptedException, SQLException, IOException {
        int capacity =
                WARM_UP_EVENTS + plan.rates().stream().mapToInt(plan::events).sum();
        var journal = new Journal(capacity);
        var blocks = new ArrayList<RelayReport.Block>();
        String topic = createTopic();
        try (var arrivals = Arrivals.start(broker.bootstrapServers(), partitions(topic), journal)) {
            ask(contender, "start");
            load.run(topic, journal, 0, WARM_UP_EVENTS, WARM_UP_RATE);
            arrivals.await(WARM_UP_EVENTS, ARRIVAL_LIMIT);
            if (journal.distinct() == 0) {
                throw new IllegalStateException(contender.title() + ": carried nothing in " + ARRIVAL_LIMIT
                        + "; logs in " + work.resolve("logs"));
            }
            int from = WARM_UP_EVENTS;
            for (int rate : round % 2 == 0 ? plan.rates() : plan.rates().reversed()) {
                RelayReport.Block block = block(round, contender, rate, topic, journal, arrivals, from);
                tell(block.line(round < 0 ? "warm-up" : "round " + (round + 1) + "/" + plan.rounds()));
                blocks.add(block);
                from += block.events();
            }
            LockSupport.parkNanos(GRACE.toNanos());
            ask(contender, "stop");
        }
        checkWritten(topic, capacity);
        ask(contender, "forget");
        tidy(topic);
        return blocks.stream()
                .map(block -> block.with(journal.faults(), journal.lost(0, WARM_UP_EVENTS)))
                .toList();
    }

    private RelayReport.Block block(
            int round, Contender contender, int rate, String topic, Journal journal, Arrivals arrivals, int from)
            throws SQLException, InterruptedException, IOException {
        int events = plan.events(rate);
        database.execute("CHECKPOINT");
        double cpuBefore = Machine.cpuSeconds(pid(contender));
        Machine.Ticks before = Machine.ticks(processes());
        load.run(topic, journal, from, events, rate);
        arrivals.await(from + events, ARRIVAL_LIMIT);
        Machine.Use use = Machine.ticks(processes()).since(before);
        double cpuMicros = (Machine.cpuSeconds(pid(contender)) - cpuBefore) * 1e6 / events;
        return new RelayReport.Block(
                round,
                contender,
                rate,
                events,
                journal.lost(from, events),
                journal.faults(),
                journal.committedPerSecond(from, events),
                use,
                cpuMicros,
                journal.sinceCommit(from, events).percentiles(),
                journal.sinceDue(from, events).percentiles(),
                journal.commits(from, events).percentiles());
    }

    /** One backlog, written while nobody carries, then carried by each contender from a slot of its own. */
    private List<RelayReport.Drain> drain(int round, int events)
            throws InterruptedException, SQLException, IOException {
        var order = new ArrayList<>(ORDERS.get(Math.floorMod(round, ORDERS.size())));
        Collections.rotate(order, round);
        String topic = createTopic();
        for (Contender contender : order) {
            ask(contender, "prepare");
        }
        tell(String.format(Locale.ROOT, "backlog of %,d events, one transaction each", events));
        // Only filling is spared the wait for the disk; what is decoded later is the same.
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            statement.execute("CALL fill_outbox('" + topic + "', " + events + ")");
        }
        var drains = new ArrayList<RelayReport.Drain>();
        for (Contender contender : order) {
            var journal = new Journal(events);
            database.execute("CHECKPOINT");
            double cpuBefore = Machine.cpuSeconds(pid(contender));
            Machine.Ticks before = Machine.ticks(processes());
            long startedAt = System.nanoTime();
            try (var arrivals = Arrivals.start(broker.bootstrapServers(), partitions(topic), journal)) {
                ask(contender, "start");
                arrivals.await(events, DRAIN_LIMIT);
                double seconds = (System.nanoTime() - startedAt) / 1e9;
                Machine.Use use = Machine.ticks(processes()).since(before);
                double cpuMicros = (Machine.cpuSeconds(pid(contender)) - cpuBefore) * 1e6 / events;
                LockSupport.parkNanos(GRACE.toNanos());
                ask(contender, "stop");
                var drain = new RelayReport.Drain(
                        round,
                        contender,
                        events,
                        journal.lost(0, events),
                        journal.faults(),
                        journal.arrivedPerSecond(),
                        seconds,
                        use,
                        cpuMicros);
                tell(drain.line(round < 0 ? "warm-up" : "drain " + (round + 1) + "/" + plan.drains()));
                drains.add(drain);
            }
            ask(contender, "forget");
        }
        checkWritten(topic, events);
        tidy(topic);
        return drains;
    }

    /** A contender that has carried something and then has nothing to do. */
    private RelayReport.Rest rest(int round, Contender contender)
            throws InterruptedException, SQLException, IOException {
        var journal = new Journal(WARM_UP_EVENTS);
        String topic = createTopic();
        RelayReport.Rest rest;
        try (var arrivals = Arrivals.start(broker.bootstrapServers(), partitions(topic), journal)) {
            ask(contender, "start");
            load.run(topic, journal, 0, WARM_UP_EVENTS, WARM_UP_RATE);
            arrivals.await(WARM_UP_EVENTS, ARRIVAL_LIMIT);
            LockSupport.parkNanos(CALMING_DOWN.toNanos());
            double cpuBefore = Machine.cpuSeconds(pid(contender));
            long startedAt = System.nanoTime();
            LockSupport.parkNanos(plan.rest().toNanos());
            double seconds = (System.nanoTime() - startedAt) / 1e9;
            double cpuSeconds = Machine.cpuSeconds(pid(contender)) - cpuBefore;
            rest = new RelayReport.Rest(
                    round, contender, seconds, cpuSeconds / seconds, journal.lost(0, WARM_UP_EVENTS));
            tell(rest.line("rest " + (round + 1) + "/" + plan.rests()));
            ask(contender, "stop");
        }
        checkWritten(topic, WARM_UP_EVENTS);
        ask(contender, "forget");
        tidy(topic);
        return rest;
    }

    private void ask(Contender contender, String question) throws InterruptedException {
        jvm(contender).ask(question, ANSWER_LIMIT);
    }

    private ChildJvm jvm(Contender contender) {
        return Optional.ofNullable(jvms.get(contender)).orElseThrow();
    }

    private long pid(Contender contender) {
        return jvm(contender).pid();
    }

    private List<Long> processes() throws IOException {
        return List.of(ProcessHandle.current().pid(), database.pid());
    }

    private String createTopic() throws InterruptedException {
        String topic = "bench.events-" + ++topics;
        try {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("topic " + topic + ": cannot be created", e.getCause());
        }
        return topic;
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    /** A run that wrote another number of rows than it believes would make every later count meaningless. */
    private void checkWritten(String topic, int expected) throws SQLException {
        long written = Slots.count(database.url(), "SELECT count(*) FROM outbox WHERE aggregatetype = ?", topic);
        if (written != expected) {
            throw new IllegalStateException(
                    "topic " + topic + ": rows written: " + written + " (expected: " + expected + ")");
        }
    }

    /** Every turn begins with an empty table and without the topics before it. */
    private void tidy(String topic) throws SQLException, InterruptedException {
        database.execute("TRUNCATE outbox");
        try {
            admin.deleteTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("topic " + topic + ": cannot be deleted", e.getCause());
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    private void tell(String text) {
        Duration elapsed = elapsed();
        progress.accept("%02d:%02d  %s".formatted(elapsed.toMinutes(), elapsed.toSecondsPart(), text));
    }

    /** Stops the carriers before the broker, and the broker before the database they read. */
    @Override
    public void close() throws SQLException {
        jvms.values().forEach(ChildJvm::close);
        load.close();
        admin.close();
        broker.close();
        database.close();
    }
}
