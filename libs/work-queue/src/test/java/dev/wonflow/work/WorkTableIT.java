package dev.wonflow.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.wonflow.runtime.trace.Traceparent;
import dev.wonflow.testsupport.MutableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class WorkTableIT {

    private static final Instant NOON = MutableClock.START;
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final WorkKind MAIL = WorkKind.named("mail");
    private static final WorkKind STEP = WorkKind.keyed("step");
    private static final WorkKind LOOK = WorkKind.keyed("look");

    private static final Optional<Traceparent> FIRST =
            Traceparent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    private static final Optional<Traceparent> SECOND =
            Traceparent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");

    private static WorkDatabase database;

    private final MutableClock clock = new MutableClock();
    private final List<Duration> alarms = Collections.synchronizedList(new ArrayList<>());
    private WorkTable table;

    @BeforeAll
    static void createTables() {
        database = new WorkDatabase();
        database.server.execute("ALTER DATABASE \"" + database.server.name() + "\" SET lock_timeout = '20s'");
    }

    @BeforeEach
    void startEmpty() {
        database.server.execute("TRUNCATE work, work_pause");
        table = database.table(clock);
        List.of(MAIL, STEP, LOOK).forEach(kind -> table.wake(kind, new Recorded(alarms)));
    }

    @Test
    void item_is_there_if_and_only_if_its_transaction_commits() {
        database.transaction.executeWithoutResult(undone -> {
            table.plan(WorkItem.of(MAIL, "a", NOON));
            undone.setRollbackOnly();
        });
        assertThat(claim(MAIL, NOON)).isEmpty();
        assertThat(alarms).isEmpty();

        database.transaction.executeWithoutResult(_ -> {
            table.plan(WorkItem.of(MAIL, "a", NOON));
            assertThat(alarms).as("before the commit").isEmpty();
        });
        assertThat(alarms).containsExactly(Duration.ZERO);
        assertThat(claim(MAIL, NOON)).extracting(Claim::id).containsExactly("a");
    }

    @Test
    void nothing_is_claimed_before_its_time_and_the_next_date_is_known() {
        table.plan(WorkItem.of(MAIL, "a", NOON.plusSeconds(9)));
        table.plan(new WorkItem(MAIL, "b", null, NOON.plusSeconds(5), 3, null));

        assertThat(table.due(List.of(MAIL), NOON)).isEmpty();
        assertThat(claim(MAIL, NOON)).isEmpty();
        assertThat(table.nextDue(List.of(MAIL), NOON)).hasValue(NOON.plusSeconds(5));
        assertThat(table.nextDue(List.of(MAIL), NOON.plusSeconds(5))).hasValue(NOON.plusSeconds(9));
        assertThat(table.nextDue(List.of(STEP), NOON)).isEmpty();
        assertThat(table.due(List.of(MAIL, STEP), NOON.plusSeconds(5))).containsExactly(MAIL);
    }

    @Test
    void higher_priority_comes_first_and_then_who_has_waited_longest() {
        table.plan(WorkItem.of(MAIL, "late", NOON.minusSeconds(1)));
        table.plan(WorkItem.of(MAIL, "early", NOON.minusSeconds(9)));
        table.plan(new WorkItem(MAIL, "urgent", null, NOON, 2, null));

        assertThat(claim(MAIL, NOON)).extracting(Claim::id).containsExactly("urgent", "early", "late");
    }

    @Test
    void two_who_claim_at_once_share_without_waiting() throws SQLException {
        plan(6);
        try (Connection other = database.server.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeQuery("SELECT FROM work WHERE id IN ('1', '2') FOR UPDATE");

            assertThat(claim(MAIL, NOON)).extracting(Claim::id).containsExactlyInAnyOrder("3", "4", "5", "6");
            other.rollback();
        }
    }

    @Test
    void claimed_item_is_nobody_elses_until_its_lease_ends() {
        plan(1);
        Claim first = claim(MAIL, NOON).getFirst();

        assertThat(claim(MAIL, NOON.plus(LEASE).minusMillis(1))).isEmpty();
        assertThat(table.due(List.of(MAIL), NOON)).isEmpty();
        Claim second = claim(MAIL, NOON.plus(LEASE)).getFirst();
        assertThat(second.attempt()).isEqualTo(first.attempt() + 1);
    }

    @Test
    void extended_lease_goes_on() {
        plan(1);
        Claim claim = claim(MAIL, NOON).getFirst();

        assertThat(table.extend(List.of(claim), NOON.plus(LEASE.multipliedBy(2))))
                .containsExactly(claim);

        assertThat(claim(MAIL, NOON.plus(LEASE))).isEmpty();
    }

    @Test
    void lease_is_extended_although_other_claims_end_while_they_are_read() {
        plan(3);
        claim(MAIL, NOON);
        Instant later = NOON.plus(LEASE.multipliedBy(2));
        List<Claim> claims = claim(MAIL, NOON.plus(LEASE));

        Set<Claim> extended = table.extend(new Dwindling(claims), later);

        assertThat(extended).containsExactlyInAnyOrderElementsOf(claims);
        assertThat(claim(MAIL, later.minusMillis(1))).isEmpty();
    }

    @Test
    void of_two_claims_of_one_item_that_end_together_the_later_one_is_held() {
        plan(1);
        Claim lost = claim(MAIL, NOON).getFirst();
        Claim current = claim(MAIL, NOON.plus(LEASE)).getFirst();

        assertThat(table.extend(List.of(lost, current), NOON.plus(LEASE.multipliedBy(3))))
                .containsExactly(current);
        assertThat(table.done(List.of(lost, current))).containsExactly(current);
    }

    @Test
    void worker_that_lost_the_lease_changes_nothing_in_any_way() {
        plan(1);
        Claim lost = claim(MAIL, NOON).getFirst();
        Claim current = claim(MAIL, NOON.plus(LEASE)).getFirst();

        assertThat(table.done(List.of(lost))).isEmpty();
        assertThat(table.failed(List.of(new WorkTable.Failure(lost, NOON)))).isEmpty();
        assertThat(table.letGo(List.of(lost))).isEmpty();
        assertThat(table.putBack(lost, NOON, 0, true)).isFalse();
        assertThat(table.extend(List.of(lost), NOON.plus(Duration.ofDays(1)))).isEmpty();

        assertThat(claim(MAIL, NOON.plus(LEASE))).as("still the other's").isEmpty();
        assertThat(table.done(List.of(current))).containsExactly(current);
        assertThat(database.count("true")).isZero();
    }

    @Test
    void item_that_was_given_back_is_nobodys_so_that_its_old_holder_changes_nothing() {
        plan(1);
        Claim claim = claim(MAIL, NOON).getFirst();
        assertThat(table.letGo(List.of(claim))).containsExactly(claim);

        assertThat(table.done(List.of(claim))).isEmpty();
        assertThat(claim(MAIL, NOON).getFirst().failures()).isZero();
    }

    @Test
    void failed_item_comes_back_at_its_date_and_counts() {
        plan(2);
        List<Claim> claims = claim(MAIL, NOON);
        table.failed(claims.stream()
                .map(claim -> new WorkTable.Failure(claim, NOON.plusSeconds(Long.parseLong(claim.id()))))
                .toList());

        assertThat(claim(MAIL, NOON)).isEmpty();
        assertThat(claim(MAIL, NOON.plusSeconds(1))).extracting(Claim::failures).containsExactly(1);
        assertThat(alarms).contains(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void plan_made_while_a_worker_has_the_item_outlives_its_end() {
        plan(2);
        List<Claim> claims = claim(MAIL, NOON);
        table.plan(WorkItem.of(MAIL, "1", NOON.plusSeconds(30)).carrying("new"));
        table.plan(WorkItem.of(MAIL, "2", NOON.plusSeconds(30)).carrying("new"));

        assertThat(claim(MAIL, NOON.plusSeconds(30))).as("being worked on").isEmpty();
        assertThat(table.done(claims.subList(0, 1))).hasSize(1);
        assertThat(table.failed(List.of(new WorkTable.Failure(claims.getLast(), NOON))))
                .hasSize(1);

        assertThat(claim(MAIL, NOON)).isEmpty();
        assertThat(claim(MAIL, NOON.plusSeconds(30)))
                .extracting(Claim::payload, Claim::failures)
                .containsOnly(tuple("new", 0));
    }

    @Test
    void plan_can_be_brought_forward_and_not_put_off() {
        table.plan(WorkItem.of(MAIL, "a", NOON.plusSeconds(30)));
        table.bringForward(WorkItem.of(MAIL, "a", NOON.plusSeconds(90)));
        table.bringForward(MAIL, "a", NOON.plusSeconds(60));
        assertThat(table.nextDue(List.of(MAIL), NOON)).hasValue(NOON.plusSeconds(30));

        table.bringForward(MAIL, "a", NOON.plusSeconds(20));
        table.bringForward(MAIL, "unknown", NOON);
        assertThat(table.nextDue(List.of(MAIL), NOON)).hasValue(NOON.plusSeconds(20));
        table.bringForward(WorkItem.of(MAIL, "a", NOON.plusSeconds(10)));
        assertThat(table.nextDue(List.of(MAIL), NOON)).hasValue(NOON.plusSeconds(10));
        assertThat(database.count("true")).isOne();
    }

    @Test
    void claim_carries_the_trace_it_was_planned_in_last() {
        database.trace.resume(FIRST, "first", () -> plan(1));
        database.trace.resume(Optional.empty(), "none", () -> table.bringForward(MAIL, "1", NOON.minusSeconds(90)));
        table.bringForward(WorkItem.of(MAIL, "1", NOON));
        assertThat(claim(MAIL, NOON)).extracting(Claim::cause).containsExactly(FIRST);

        database.trace.resume(SECOND, "second", () -> table.bringForward(WorkItem.of(MAIL, "1", NOON)));
        assertThat(claim(MAIL, NOON.plus(LEASE))).extracting(Claim::cause).containsExactly(SECOND);

        plan(1);
        assertThat(claim(MAIL, NOON.plus(LEASE.multipliedBy(2))))
                .extracting(Claim::cause)
                .containsExactly(Optional.empty());
    }

    @Test
    void item_that_is_called_off_is_gone_and_one_being_worked_on_with_its_worker() {
        plan(2);
        Claim running = table.claim(MAIL, NOON, NOON.plus(LEASE), 1).getFirst();
        table.callOff(MAIL, "1");
        table.callOff(MAIL, "2");
        assertThat(database.count("true")).isOne();

        assertThat(table.failed(List.of(new WorkTable.Failure(running, NOON)))).containsExactly(running);

        assertThat(database.count("true")).isZero();
    }

    @Test
    void item_that_is_called_off_just_as_it_ends_is_gone_and_not_lost() throws InterruptedException {
        plan(1);
        Claim running = claim(MAIL, NOON).getFirst();

        Set<Claim> held = letGoWhile(() -> table.callOff(MAIL, "1"), running);

        assertThat(held).containsExactly(running);
        assertThat(database.count("true")).isZero();
    }

    @Test
    void item_that_was_called_off_and_is_planned_anew_just_as_it_ends_keeps_that_plan() throws InterruptedException {
        plan(1);
        Claim running = claim(MAIL, NOON).getFirst();
        table.callOff(MAIL, "1");

        Set<Claim> held = letGoWhile(() -> table.plan(WorkItem.of(MAIL, "1", NOON.plusSeconds(30))), running);

        assertThat(held).containsExactly(running);
        assertThat(claim(MAIL, NOON)).isEmpty();
        assertThat(claim(MAIL, NOON.plusSeconds(30))).extracting(Claim::id).containsExactly("1");
    }

    @Test
    void batch_that_ends_and_plans_of_its_items_do_not_wait_for_each_other() throws InterruptedException {
        for (Function<List<Claim>, Set<Claim>> ending : endings()) {
            database.server.execute("TRUNCATE work");
            table.plan(WorkItem.of(MAIL, "2", NOON));
            table.plan(WorkItem.of(MAIL, "1", NOON));
            List<Claim> claims = claim(MAIL, NOON);
            List<Claim> later = List.of(byId(claims, "2"), byId(claims, "1"));

            Set<Claim> held = whileOneTransaction(
                    () -> table.plan(WorkItem.of(MAIL, "1", NOON)),
                    () -> ending.apply(later),
                    () -> table.plan(WorkItem.of(MAIL, "2", NOON)));

            assertThat(held).containsExactlyInAnyOrderElementsOf(claims);
            assertThat(claim(MAIL, NOON)).extracting(Claim::id).containsExactlyInAnyOrder("1", "2");
        }
    }

    private List<Function<List<Claim>, Set<Claim>>> endings() {
        return List.of(
                table::done,
                claims -> table.failed(claims.stream()
                        .map(claim -> new WorkTable.Failure(claim, NOON))
                        .toList()),
                table::letGo);
    }

    @Test
    void what_was_called_off_while_its_worker_died_is_cleared_away() {
        plan(1);
        assertThat(claim(MAIL, NOON)).hasSize(1);
        table.callOff(MAIL, "1");

        assertThat(table.forgetCalledOff()).isZero();
        clock.advance(LEASE);
        assertThat(claim(MAIL, clock.instant())).isEmpty();
        assertThat(table.forgetCalledOff()).isOne();
    }

    @Test
    void items_of_one_key_are_done_in_the_order_in_which_they_were_planned() {
        for (String id : List.of("one", "two", "three")) {
            table.plan(new WorkItem(STEP, id, "k", NOON, 0, null));
        }
        table.plan(new WorkItem(STEP, "other", "l", NOON, 0, null));

        List<Claim> first = claim(STEP, NOON);
        assertThat(first).extracting(Claim::id).containsExactlyInAnyOrder("one", "other");
        assertThat(claim(STEP, NOON)).isEmpty();
        table.failed(List.of(new WorkTable.Failure(byId(first, "one"), NOON.plusSeconds(5))));
        assertThat(claim(STEP, NOON)).as("the first is not done yet").isEmpty();

        table.done(claim(STEP, NOON.plusSeconds(5)));
        assertThat(claim(STEP, NOON)).extracting(Claim::id).containsExactly("two");
    }

    @Test
    void item_that_was_called_off_blocks_its_key_no_longer_than_its_lease() {
        table.plan(new WorkItem(STEP, "one", "k", NOON, 0, null));
        table.plan(new WorkItem(STEP, "two", "k", NOON, 0, null));
        assertThat(claim(STEP, NOON)).extracting(Claim::id).containsExactly("one");

        table.callOff(STEP, "one");

        assertThat(claim(STEP, NOON.plus(LEASE).minusMillis(1)))
                .as("being worked on")
                .isEmpty();
        assertThat(table.due(List.of(STEP), NOON.plus(LEASE))).containsExactly(STEP);
        assertThat(claim(STEP, NOON.plus(LEASE))).extracting(Claim::id).containsExactly("two");
    }

    @Test
    void items_of_one_key_exclude_one_another_whatever_their_kinds() {
        table.plan(new WorkItem(STEP, "a", "k", NOON, 0, null));
        table.plan(new WorkItem(LOOK, "a", "k", NOON, 0, null));

        List<Claim> step = claim(STEP, NOON);

        assertThat(step).hasSize(1);
        assertThat(table.due(List.of(STEP, LOOK), NOON)).isEmpty();
        assertThat(claim(LOOK, NOON)).isEmpty();
        alarms.clear();
        table.done(step);
        assertThat(alarms).as("for what has waited").isNotEmpty().containsOnly(Duration.ZERO);
        assertThat(claim(LOOK, NOON)).hasSize(1);
    }

    @Test
    void key_is_never_given_to_two_instances_that_look_at_the_same_moment() throws InterruptedException {
        int together = 0;
        for (int round = 0; round < 100; round++) {
            String key = "k" + round;
            table.plan(new WorkItem(STEP, key, key, NOON, 0, null));
            table.plan(new WorkItem(LOOK, key, key, NOON, 0, null));
            CountDownLatch start = new CountDownLatch(1);
            List<Claim> claims = Collections.synchronizedList(new ArrayList<>());
            List<Long> ends = Collections.synchronizedList(new ArrayList<>());
            List<Long> begins = Collections.synchronizedList(new ArrayList<>());
            List<Thread> instances = List.of(STEP, LOOK).stream()
                    .map(kind -> Thread.ofPlatform().start(() -> {
                        awaitUninterrupted(start);
                        begins.add(System.nanoTime());
                        claims.addAll(claim(kind, NOON));
                        ends.add(System.nanoTime());
                    }))
                    .toList();
            start.countDown();
            for (Thread instance : instances) {
                instance.join();
            }

            assertThat(claims).as("round %d", round).hasSize(1);
            together += Collections.max(begins) < Collections.min(ends) ? 1 : 0;
            table.done(claims);
            database.server.execute("TRUNCATE work");
        }
        assertThat(together).as("rounds in which both looked at the same time").isPositive();
    }

    @Test
    void two_instances_take_every_item_once() throws InterruptedException {
        table.planAll(IntStream.rangeClosed(1, 2_000)
                .mapToObj(i -> WorkItem.of(MAIL, "" + i, NOON))
                .toList());
        List<Claim> all = Collections.synchronizedList(new ArrayList<>());
        List<Integer> shares = Collections.synchronizedList(new ArrayList<>());
        List<Thread> instances = IntStream.range(0, 2)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    WorkTable own = database.table(clock);
                    int share = 0;
                    List<Claim> claims = own.claim(MAIL, NOON, NOON.plus(LEASE), 50);
                    while (!claims.isEmpty()) {
                        all.addAll(claims);
                        share += claims.size();
                        assertThat(own.done(claims)).hasSameSizeAs(claims);
                        claims = own.claim(MAIL, NOON, NOON.plus(LEASE), 50);
                    }
                    shares.add(share);
                }))
                .toList();
        for (Thread instance : instances) {
            instance.join();
        }

        assertThat(all).extracting(Claim::id).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(shares).hasSize(2).allSatisfy(share -> assertThat(share).isGreaterThan(300));
        assertThat(database.count("true")).isZero();
    }

    @Test
    void paused_kind_rests_visibly_and_others_go_on() {
        plan(1);
        table.plan(new WorkItem(STEP, "a", "k", NOON, 0, null));

        table.pause(MAIL, "mail server moves");

        assertThat(claim(MAIL, NOON)).isEmpty();
        assertThat(table.due(List.of(MAIL, STEP), NOON)).containsExactly(STEP);
        assertThat(claim(STEP, NOON)).hasSize(1);
        assertThat(table.paused()).containsEntry("mail", "mail server moves");
        plan(2);

        alarms.clear();
        table.resume(MAIL);
        assertThat(alarms).containsExactly(Duration.ZERO);
        assertThat(claim(MAIL, NOON)).hasSize(2);
    }

    @Test
    void backlog_tells_what_there_is_to_do() {
        table.plan(WorkItem.of(MAIL, "later", NOON.plusSeconds(9)));
        table.plan(WorkItem.of(MAIL, "now", NOON.minusSeconds(9)));
        table.plan(WorkItem.of(MAIL, "taken", NOON.minusSeconds(90)));
        table.claim(MAIL, NOON, NOON.plus(LEASE), 1);

        assertThat(table.backlogs()).containsOnlyKeys("mail");
        assertThat(table.backlogs().get("mail")).isEqualTo(new WorkTable.Backlog(3, 2, 1, NOON.minusSeconds(9)));
    }

    @Test
    void claim_and_next_date_cost_the_same_however_much_is_planned_for_later() {
        database.server.execute("INSERT INTO work (kind, id, due_at, priority) SELECT 'mail', 'later-' || i,"
                + " '2026-01-06T03:00:00Z'::timestamptz + make_interval(secs => i), i % 4"
                + " FROM generate_series(1, 100000) AS i; ANALYZE work");
        plan(1);
        long before = blocks();

        assertThat(claim(MAIL, NOON)).hasSize(1);
        assertThat(table.nextDue(Set.of(MAIL), NOON)).isPresent();

        assertThat(blocks() - before).as("blocks read").isLessThan(300);
    }

    @Test
    void end_of_an_item_is_undone_with_the_effect_it_belongs_to() {
        plan(1);
        Claim claim = claim(MAIL, NOON).getFirst();
        TransactionTemplate transaction = database.transaction;

        transaction.executeWithoutResult(undone -> {
            assertThat(table.done(List.of(claim))).hasSize(1);
            undone.setRollbackOnly();
        });

        assertThat(database.count("leased_until IS NOT NULL")).isOne();
        assertThat(table.done(List.of(claim))).hasSize(1);
    }

    @Test
    void forgotten_migration_is_named_and_a_column_more_is_no_trouble() {
        database.server.execute("ALTER TABLE work ADD COLUMN of_a_later_version text");
        new WorkSchemaCheck(database.dataSource).run();
        database.server.execute("ALTER TABLE work DROP COLUMN of_a_later_version");
        database.server.execute("ALTER TABLE work RENAME COLUMN attempt TO attempts");

        assertThatThrownBy(() -> new WorkSchemaCheck(database.dataSource).run())
                .hasMessage(
                        "table work: no column attempt (expected: a migration with dev/wonflow/work/0001__work.sql)");

        database.server.execute("ALTER TABLE work RENAME COLUMN attempts TO attempt");
    }

    private void plan(int items) {
        table.planAll(IntStream.rangeClosed(1, items)
                .mapToObj(i -> WorkItem.of(MAIL, "" + i, NOON.minusSeconds(60 - i)))
                .toList());
    }

    private List<Claim> claim(WorkKind kind, Instant now) {
        return table.claim(kind, now, now.plus(LEASE), 100);
    }

    /** Has one less each time it is read, from the front, as a set that others take from at the same time. */
    private static final class Dwindling extends AbstractCollection<Claim> {

        private final List<Claim> left;

        private Dwindling(List<Claim> claims) {
            this.left = new ArrayList<>(claims);
        }

        @Override
        public Iterator<Claim> iterator() {
            Iterator<Claim> now = List.copyOf(left).iterator();
            if (!left.isEmpty()) {
                left.removeFirst();
            }
            return now;
        }

        /** Of no size, as such a set's is. */
        @Override
        public Spliterator<Claim> spliterator() {
            return Spliterators.spliteratorUnknownSize(iterator(), 0);
        }

        @Override
        public int size() {
            return left.size();
        }
    }

    /** Lets go of the claim after {@code change} was made and before it is committed. */
    private Set<Claim> letGoWhile(Runnable change, Claim claim) throws InterruptedException {
        return whileOneTransaction(change, () -> table.letGo(List.of(claim)), () -> {});
    }

    /** Ends claims between two changes of one transaction, as soon as the first is made. */
    private Set<Claim> whileOneTransaction(Runnable first, Supplier<Set<Claim>> end, Runnable second)
            throws InterruptedException {
        Set<Claim> held = ConcurrentHashMap.newKeySet();
        Thread ending = database.transaction.execute(_ -> {
            first.run();
            Thread begun = Thread.ofPlatform().start(() -> held.addAll(end.get()));
            await("the row")
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(30))
                    .until(this::someoneWaitsForThisTransaction);
            second.run();
            return begun;
        });
        ending.join();
        return held;
    }

    private boolean someoneWaitsForThisTransaction() {
        return database.jdbc
                .sql("SELECT EXISTS (SELECT FROM pg_locks"
                        + " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))")
                .query(Boolean.class)
                .single();
    }

    private static Claim byId(List<Claim> claims, String id) {
        return claims.stream()
                .filter(claim -> claim.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Blocks of table and indexes looked at so far, once the counters of this session are in. */
    private static long blocks() {
        return database.jdbc
                .sql("SELECT pg_stat_force_next_flush(), heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit"
                        + " FROM pg_statio_user_tables WHERE relname = 'work'")
                .query((row, _) -> row.getLong(2))
                .single();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Recorded(List<Duration> alarms) implements Alarm {

        @Override
        public void set(Duration delay) {
            alarms.add(delay);
        }

        @Override
        public void await(Duration shortest, Duration longest) {
            throw new UnsupportedOperationException();
        }
    }
}
