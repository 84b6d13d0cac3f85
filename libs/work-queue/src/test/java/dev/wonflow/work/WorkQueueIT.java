package dev.wonflow.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.wonflow.runtime.trace.Traceparent;
import dev.wonflow.testsupport.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkQueueIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final WorkKind MAIL = WorkKind.named("mail");
    private static final WorkKind STEP = WorkKind.keyed("step");

    private static WorkDatabase database;

    private final MutableClock clock = new MutableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Letters letters = new Letters();
    private final List<WorkQueue<String>> started = new ArrayList<>();
    private WorkTable table;

    @BeforeAll
    static void createTables() {
        database = new WorkDatabase();
        database.server.execute("CREATE TABLE sent (id text NOT NULL)");
    }

    @BeforeEach
    void startEmpty() {
        database.server.execute("TRUNCATE work, work_pause, sent");
        table = database.table(clock);
    }

    @AfterEach
    void stop() {
        letters.hurry();
        started.forEach(WorkQueue::stop);
    }

    @Test
    void every_item_is_done_once_and_its_effect_is_there() {
        plan(1, 500);

        start(table, Duration.ofSeconds(60));

        awaitSent(500);
        assertThat(database.count("true")).isZero();
        assertThat(letters.worked)
                .hasSize(500)
                .allSatisfy((_, times) -> assertThat(times).hasValue(1));
        assertThat(meters.get("wonflow.work.duration")
                        .tags("kind", "mail", "outcome", "done")
                        .timer()
                        .count())
                .isEqualTo(500);
    }

    @Test
    void item_is_worked_on_in_the_trace_in_which_it_was_planned() {
        Optional<Traceparent> cause = Traceparent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        database.trace.resume(cause, "planning", () -> plan(1, 1));
        plan(2, 2);

        start(table, Duration.ofSeconds(60));

        awaitSent(2);
        assertThat(letters.traces).isEqualTo(Map.of("1", cause, "2", Optional.empty()));
    }

    @Test
    void slow_item_holds_up_nobody() {
        letters.slowId = "1";
        plan(1, 100);

        start(table, Duration.ofSeconds(60));

        awaitSent(99);
        assertThat(database.count("true")).isOne();
        letters.hurry();
        awaitSent(100);
    }

    @Test
    void item_that_always_fails_waits_longer_each_time_and_stops_no_other() {
        letters.poison = Set.of("3");
        plan(1, 20);

        start(table, Duration.ofSeconds(60));

        awaitSent(19);
        await().atMost(PATIENCE).until(() -> database.count("failures = 1") == 1);
        clock.advance(Duration.ofMinutes(1));
        table.resume(MAIL);
        await().atMost(PATIENCE).until(() -> database.count("failures = 2") == 1);
        letters.poison = Set.of();
        clock.advance(Duration.ofMinutes(1));
        table.resume(MAIL);
        awaitSent(20);
    }

    @Test
    void item_whose_effect_cannot_be_stored_stops_none_of_those_it_was_to_be_stored_with() {
        letters.unstorable = Set.of("3");
        plan(1, 20);

        start(table, Duration.ofSeconds(60));

        awaitSent(19);
        await().atMost(PATIENCE).until(() -> database.count("failures = 1 AND leased_until IS NULL") == 1);
    }

    @Test
    void error_in_work_takes_away_neither_a_worker_nor_the_item() {
        letters.broken = true;
        letters.poison = texts(1, 12);
        plan(1, 20);

        start(table, Duration.ofSeconds(60));

        awaitSent(8);
        await().atMost(PATIENCE).until(() -> database.count("failures = 1 AND leased_until IS NULL") == 12);
        letters.poison = Set.of();
        clock.advance(Duration.ofMinutes(1));
        table.resume(MAIL);
        awaitSent(20);
    }

    @Test
    void error_in_settling_stops_neither_the_items_beside_it_nor_those_after_it() {
        letters.broken = true;
        letters.unstorable = Set.of("3");
        plan(1, 20);

        start(table, Duration.ofSeconds(60));

        awaitSent(19);
        await().atMost(PATIENCE).until(() -> database.count("failures = 1 AND leased_until IS NULL") == 1);
        plan(21, 40);
        awaitSent(39);
    }

    @Test
    void queue_that_can_settle_nothing_is_in_trouble_although_all_is_done() {
        letters.unstorable = Set.of("1");
        plan(1, 1);
        WorkQueue<String> queue = start(table, Duration.ofMillis(100));
        await().atMost(PATIENCE).until(() -> database.count("failures = 1") == 1);
        assertThat(queue.troubleLongerThan(LIMIT)).isEmpty();

        clock.advance(LIMIT.plusSeconds(1));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(queue.troubleLongerThan(LIMIT))
                        .get(STRING)
                        .contains("settled since " + MutableClock.START, "cannot be stored"));
        await().atMost(PATIENCE).until(() -> database.count("failures = 2") == 1);
        assertThat(queue.troubleLongerThan(LIMIT)).get(STRING).contains("cannot be stored");

        letters.unstorable = Set.of();
        clock.advance(Duration.ofMinutes(1));
        awaitSent(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(queue.troubleLongerThan(LIMIT)).isEmpty());
    }

    @Test
    void planning_wakes_the_workers_of_this_instance() {
        start(table, Duration.ofMinutes(10));
        awaitRest();

        plan(1, 1);

        awaitSent(1);
    }

    @Test
    void what_another_instance_planned_is_found_within_the_longest_pause() {
        start(table, Duration.ofMillis(200));
        awaitRest();

        database.table(clock).plan(WorkItem.of(MAIL, "others", clock.instant()));

        awaitSent(1);
    }

    @Test
    void at_rest_the_database_is_left_alone() {
        start(table, Duration.ofMinutes(10));
        awaitRest();
        long before = commits();

        await("rest").pollDelay(Duration.ofSeconds(2)).until(() -> true);

        // The two readings are commits themselves, each with that of its connection.
        assertThat(commits() - before).isLessThanOrEqualTo(4);
    }

    @Test
    void lease_is_extended_for_as_long_as_an_item_takes() {
        letters.slowId = "1";
        plan(1, 1);
        start(table, Duration.ofSeconds(60), Duration.ofMillis(600));
        await().atMost(PATIENCE).until(() -> letters.worked.containsKey("1"));

        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofMillis(500));
            await().atMost(PATIENCE)
                    .until(() ->
                            database.count("leased_until > '" + clock.instant().plusMillis(500) + "'") == 1);
        }

        assertThat(database.table(clock).claim(MAIL, clock.instant(), clock.instant(), 1))
                .isEmpty();
    }

    @Test
    void lease_is_extended_although_the_effect_of_another_item_takes_long() {
        letters.slowId = "1";
        letters.slowToStore = "2";
        plan(1, 2);
        start(table, Duration.ofSeconds(60), Duration.ofMillis(600));
        await().atMost(PATIENCE).until(() -> letters.worked.containsKey("1") && letters.storing);

        clock.advance(Duration.ofMillis(500));

        await().atMost(PATIENCE).until(() -> extended("1"));
        assertThat(sent()).as("the other effect still waits").isZero();
    }

    @Test
    void lease_is_extended_although_another_item_is_being_planned_anew() {
        letters.slowId = "any";
        plan(1, 2);
        start(table, Duration.ofSeconds(60), Duration.ofMillis(600));
        await().atMost(PATIENCE).until(() -> letters.worked.size() == 2);

        database.transaction.executeWithoutResult(_ -> {
            plan(1, 1);
            clock.advance(Duration.ofMillis(500));
            await().pollInSameThread().atMost(PATIENCE).until(() -> extended("2"));
        });
    }

    @Test
    void result_of_an_item_whose_lease_was_lost_is_thrown_away() {
        letters.slowId = "1";
        plan(1, 1);
        start(table, Duration.ofSeconds(60));
        await().atMost(PATIENCE).until(() -> letters.worked.containsKey("1"));
        clock.advance(Duration.ofHours(1));
        WorkTable other = database.table(clock);
        assertThat(other.claim(MAIL, clock.instant(), clock.instant().plusSeconds(60), 1))
                .hasSize(1);

        letters.hurry();

        await().atMost(PATIENCE)
                .until(() -> meters.find("wonflow.work.duration")
                                .tag("outcome", "lost")
                                .timer()
                        != null);
        assertThat(sent()).isZero();
        assertThat(database.count("leased_until IS NOT NULL AND attempt = 2")).isOne();
    }

    @Test
    void stop_lets_what_is_under_way_end_and_gives_back_the_rest() {
        letters.slowId = "any";
        plan(1, 30);
        WorkQueue<String> queue = start(table, Duration.ofSeconds(60));
        await().atMost(PATIENCE).until(() -> letters.worked.size() == 10);

        Thread stopping = Thread.startVirtualThread(queue::stop);
        await().atMost(PATIENCE).until(() -> database.count("leased_until IS NULL") == 20);
        assertThat(sent()).isZero();
        letters.hurry();

        await().atMost(PATIENCE).until(() -> !stopping.isAlive());
        assertThat(sent()).isEqualTo(10);
        assertThat(database.count("leased_until IS NULL AND failures = 0")).isEqualTo(20);
    }

    @Test
    void stop_gives_back_what_takes_longer_than_it_waits() {
        letters.slowId = "any";
        plan(1, 3);
        WorkQueue<String> queue = start(table, Duration.ofSeconds(60));
        await().atMost(PATIENCE).until(() -> letters.worked.size() == 3);

        queue.stop();

        assertThat(sent()).isZero();
        assertThat(database.count("leased_until IS NULL AND failures = 0")).isEqualTo(3);
    }

    @Test
    void pause_gives_back_what_was_claimed_and_not_begun_although_nothing_ends() {
        letters.slowId = "any";
        plan(1, 30);
        start(table, Duration.ofSeconds(60), Duration.ofMillis(600));
        await().atMost(PATIENCE).until(() -> letters.worked.size() == 10);
        await().atMost(PATIENCE).until(() -> leased() == 20);

        table.pause(MAIL, "mail server moves");

        await().atMost(PATIENCE).until(() -> leased() == 10);
        letters.hurry();
        awaitSent(10);
        assertThat(letters.worked).hasSize(10);
        assertThat(database.count("leased_until IS NULL AND failures = 0")).isEqualTo(20);
        table.resume(MAIL);
        awaitSent(30);
    }

    @Test
    void pause_gives_back_what_was_claimed_and_not_begun_with_the_next_look() {
        letters.slowId = "any";
        plan(1, 30);
        start(table, Duration.ofSeconds(60), Duration.ofHours(1));
        await().atMost(PATIENCE).until(() -> letters.worked.size() == 10);
        await().atMost(PATIENCE).until(() -> leased() == 20);

        table.pause(MAIL, "mail server moves");
        letters.slow.release(5);

        await().atMost(PATIENCE).until(() -> sent() == 5 && leased() == letters.worked.size() - 5);
    }

    @Test
    void two_instances_share_what_there_is() {
        plan(1, 2_000);
        Letters others = new Letters();

        start(table, Duration.ofSeconds(60));
        started.add(queue(MAIL, others, database.table(clock), Duration.ofSeconds(60), Duration.ofMinutes(1)));
        started.getLast().start();

        awaitSent(2_000);
        assertThat(letters.worked.size() + others.worked.size()).isEqualTo(2_000);
        assertThat(List.of(letters.worked.size(), others.worked.size()))
                .allSatisfy(share -> assertThat(share).isGreaterThan(200));
    }

    @Test
    void items_of_one_key_are_done_in_order_although_many_workers_are_free() {
        for (int i = 1; i <= 20; i++) {
            table.plan(new WorkItem(STEP, "" + i, i % 2 == 0 ? "even" : "odd", clock.instant(), 0, null));
        }
        started.add(queue(STEP, letters, table, Duration.ofSeconds(60), Duration.ofMinutes(1)));
        started.getLast().start();

        awaitSent(20);
        List<Integer> order = letters.order.stream().map(Integer::valueOf).toList();
        assertThat(order.stream().filter(i -> i % 2 == 0)).isSorted();
        assertThat(order.stream().filter(i -> i % 2 == 1)).isSorted();
    }

    @Test
    void gauges_tell_the_backlog_of_each_kind() {
        new WorkMeters(table, meters, clock).watch(MAIL);
        plan(1, 3);
        table.pause(MAIL, "test");
        clock.advance(Duration.ofSeconds(7));

        assertThat(Map.of(
                        "planned", gauge("planned"),
                        "due", gauge("due"),
                        "leased", gauge("leased"),
                        "oldest.age", gauge("oldest.age"),
                        "paused", gauge("paused")))
                .isEqualTo(Map.of("planned", 3.0, "due", 3.0, "leased", 0.0, "oldest.age", 7.0, "paused", 1.0));
    }

    private double gauge(String name) {
        return meters.get("wonflow.work." + name).tag("kind", "mail").gauge().value();
    }

    private WorkQueue<String> start(WorkTable of, Duration poll) {
        return start(of, poll, Duration.ofMinutes(1));
    }

    private WorkQueue<String> start(WorkTable of, Duration poll, Duration lease) {
        WorkQueue<String> queue = queue(MAIL, letters, of, poll, lease);
        started.add(queue);
        queue.start();
        return queue;
    }

    private WorkQueue<String> queue(WorkKind kind, Letters handler, WorkTable of, Duration poll, Duration lease) {
        return new WorkQueue<>(
                kind,
                handler,
                of,
                database.transaction,
                new WorkQueue.Settings(
                        10,
                        20,
                        lease,
                        poll,
                        Duration.ofMillis(10),
                        new WorkBackOff(Duration.ofSeconds(10), Duration.ofMinutes(1)),
                        Duration.ofSeconds(2)),
                clock,
                new Random(1),
                meters);
    }

    private void plan(int from, int to) {
        table.planAll(IntStream.rangeClosed(from, to)
                .mapToObj(i -> WorkItem.of(MAIL, "" + i, clock.instant()))
                .toList());
    }

    private static long leased() {
        return database.count("leased_until IS NOT NULL");
    }

    private boolean extended(String id) {
        return database.count("id = '" + id + "' AND leased_until > '"
                        + clock.instant().plusMillis(500) + "'")
                == 1;
    }

    private static Set<String> texts(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).collect(Collectors.toSet());
    }

    /** A queue that found nothing sleeps; what it finds from then on, it was woken for. */
    private void awaitRest() {
        await("rest").pollDelay(Duration.ofMillis(500)).until(() -> true);
    }

    private void awaitSent(int count) {
        await().atMost(PATIENCE).until(() -> sent() == count);
    }

    private static long sent() {
        return database.jdbc.sql("SELECT count(*) FROM sent").query(Long.class).single();
    }

    private static long commits() {
        return database.jdbc
                .sql("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
                .query(Long.class)
                .single();
    }

    /** Sends letters, and writes down which. */
    private static final class Letters implements WorkHandler<String> {

        private final ConcurrentMap<String, AtomicInteger> worked = new ConcurrentHashMap<>();
        private final List<String> order = Collections.synchronizedList(new ArrayList<>());
        private final ConcurrentMap<String, Optional<Traceparent>> traces = new ConcurrentHashMap<>();
        private final Semaphore slow = new Semaphore(0);
        private volatile String slowId = "none";
        private volatile Set<String> poison = Set.of();
        private volatile Set<String> unstorable = Set.of();
        private volatile String slowToStore = "none";
        private volatile boolean storing;
        private volatile boolean broken;

        @Override
        public String work(Claim item) throws InterruptedException {
            worked.computeIfAbsent(item.id(), _ -> new AtomicInteger()).incrementAndGet();
            order.add(item.id());
            traces.put(item.id(), database.trace.current());
            if (item.id().equals(slowId) || slowId.equals("any")) {
                assertThat(slow.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            }
            if (poison.contains(item.id())) {
                throw failure("no such address");
            }
            return "sent " + item.id();
        }

        private void hurry() {
            slow.release(1_000);
        }

        /** What is broken fails with an error, as a class that is not there does. */
        private RuntimeException failure(String why) {
            if (broken) {
                throw new NoClassDefFoundError(why);
            }
            return new IllegalStateException(why);
        }

        @Override
        public void settle(List<Done<String>> done) {
            for (Done<String> one : done) {
                if (one.item().id().equals(slowToStore)) {
                    storing = true;
                    slow.acquireUninterruptibly();
                }
                if (unstorable.contains(one.item().id())) {
                    throw failure("cannot be stored");
                }
                database.jdbc
                        .sql("INSERT INTO sent VALUES (?)")
                        .param(one.result())
                        .update();
            }
        }
    }
}
