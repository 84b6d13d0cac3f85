package dev.wonflow.payment.statuscheck.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.PaymentDatabase;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.quota.Use;
import dev.wonflow.payment.payment.World;
import dev.wonflow.payment.statuscheck.StatusCheck;
import dev.wonflow.payment.statuscheck.StatusCheckWork;
import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.work.Alarm;
import dev.wonflow.work.WorkTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcStatusChecksIT {

    private static final Instant NOON = MutableClock.START;
    private static final Duration LEASE = Duration.ofMinutes(3);
    private static final Duration WINDOW = Duration.ofSeconds(2);

    private static PaymentDatabase database;
    private static PaymentId first;
    private static PaymentId second;
    private static PaymentId third;

    private final List<Duration> alarms = new ArrayList<>();
    private JdbcStatusChecks statusChecks;

    @BeforeAll
    static void createTables() {
        database = new PaymentDatabase();
        // A claim that waits for another's row fails, or the test would wait for itself.
        database.server.execute("ALTER DATABASE \"" + database.server.name() + "\" SET lock_timeout = '20s'");
        first = database.payment(1);
        second = database.payment(2);
        third = database.payment(3);
    }

    @BeforeEach
    void startEmpty() {
        database.server.execute("TRUNCATE status_check, work");
        WorkTable work = new WorkTable(database.jdbc, database.transaction, new MutableClock(), Trace.passedOn());
        StatusCheckWork.KINDS.forEach(kind -> work.wake(kind, new Alarms()));
        statusChecks = new JdbcStatusChecks(database.jdbc, work, database.transaction, new World().statusCheckSettings);
        alarms.clear();
    }

    @Test
    void nothing_is_due_before_its_time() {
        statusChecks.require(first, NOON);
        statusChecks.hint(second, false, NOON.plusSeconds(1));

        assertThat(statusChecks.due(NOON.minusMillis(1))).isEmpty();
        assertThat(claim(Use.REQUIRED, NOON.minusMillis(1))).isEmpty();
        assertThat(statusChecks.due(NOON)).containsExactly(Use.REQUIRED);
        assertThat(claim(Use.HINTED, NOON)).isEmpty();
        assertThat(statusChecks.due(NOON.plusSeconds(1))).containsExactlyInAnyOrder(Use.REQUIRED, Use.HINTED);
    }

    @Test
    void next_one_is_the_first_of_those_not_due_yet() {
        assertThat(statusChecks.nextDue(NOON)).isEmpty();
        statusChecks.require(first, NOON);
        statusChecks.require(second, NOON.plusSeconds(9));
        statusChecks.hint(third, false, NOON.plusSeconds(5));

        assertThat(statusChecks.nextDue(NOON)).hasValue(NOON.plusSeconds(5));
        assertThat(statusChecks.nextDue(NOON.plusSeconds(5))).hasValue(NOON.plusSeconds(9));
        assertThat(statusChecks.nextDue(NOON.plusSeconds(9))).isEmpty();
    }

    @Test
    void whatever_is_planned_sets_the_alarm() {
        statusChecks.require(first, NOON.plusSeconds(3));
        statusChecks.hint(first, false, NOON.plusSeconds(2));
        statusChecks.release(first, NOON.plusSeconds(1));
        StatusCheck check = claim(Use.HINTED, NOON.plusSeconds(1)).orElseThrow();
        statusChecks.again(check, NOON, NOON.plusSeconds(7), NOON.plusSeconds(9));
        StatusCheck again = claim(Use.HINTED, NOON.plusSeconds(7)).orElseThrow();
        statusChecks.hint(first, false, NOON.plusSeconds(8));
        statusChecks.done(again, 0, NOON, NOON.plusSeconds(11));

        assertThat(alarms).extracting(Duration::toSeconds).containsExactly(3L, 2L, 1L, 7L, 7L, 11L);
    }

    @Test
    void answered_one_sets_no_alarm() {
        statusChecks.require(first, NOON);
        StatusCheck check = claim(Use.REQUIRED, NOON).orElseThrow();
        statusChecks.release(first, NOON);
        alarms.clear();

        statusChecks.done(check, 0, NOON, NOON.plusSeconds(11));

        assertThat(alarms).isEmpty();
    }

    @Test
    void alarm_is_set_once_others_can_see_what_was_planned() {
        database.transaction.executeWithoutResult(_ -> {
            statusChecks.require(first, NOON.plusSeconds(3));
            assertThat(alarms).isEmpty();
        });
        assertThat(alarms).containsExactly(Duration.ofSeconds(3));

        database.transaction.executeWithoutResult(undone -> {
            statusChecks.require(second, NOON);
            undone.setRollbackOnly();
        });
        assertThat(alarms).hasSize(1);
    }

    @Test
    void claimed_one_is_nobody_elses_until_its_lease_ends() {
        statusChecks.require(first, NOON);
        assertThat(claim(Use.REQUIRED, NOON)).isPresent();

        Instant justBefore = NOON.plus(LEASE).minusMillis(1);
        assertThat(statusChecks.due(justBefore)).isEmpty();
        assertThat(claim(Use.REQUIRED, justBefore)).isEmpty();

        assertThat(statusChecks.due(NOON.plus(LEASE))).containsExactly(Use.REQUIRED);
        assertThat(claim(Use.REQUIRED, NOON.plus(LEASE))).isPresent();
    }

    @Test
    void hinted_one_is_leased_just_as_long() {
        statusChecks.hint(first, false, NOON);
        assertThat(claim(Use.HINTED, NOON)).isPresent();

        assertThat(statusChecks.due(NOON.plus(LEASE).minusMillis(1))).isEmpty();
        assertThat(claim(Use.HINTED, NOON.plus(LEASE).minusMillis(1))).isEmpty();
        assertThat(statusChecks.due(NOON.plus(LEASE))).containsExactly(Use.HINTED);
    }

    @Test
    void required_and_hinted_ones_are_claimed_apart() {
        statusChecks.require(first, NOON);
        statusChecks.hint(second, false, NOON);

        assertThat(claimed(Use.HINTED, NOON)).isEqualTo(second);
        assertThat(claim(Use.HINTED, NOON)).isEmpty();
        assertThat(claimed(Use.REQUIRED, NOON)).isEqualTo(first);
    }

    @Test
    void who_has_waited_longest_comes_first() {
        statusChecks.require(first, NOON.minusSeconds(1));
        statusChecks.require(second, NOON.minusSeconds(3));
        statusChecks.require(third, NOON.minusSeconds(2));

        assertThat(List.of(claimed(Use.REQUIRED, NOON), claimed(Use.REQUIRED, NOON), claimed(Use.REQUIRED, NOON)))
                .containsExactly(second, third, first);
    }

    @Test
    void lost_answer_is_asked_about_before_accounts_that_have_waited_longer() {
        database.server.execute(
                "UPDATE payment SET status = 'UNKNOWN', payment_key = 'lost' WHERE id = '" + third + "'");
        statusChecks.require(first, NOON.minusSeconds(3_600));
        statusChecks.require(second, NOON.minusSeconds(1_800));
        statusChecks.require(third, NOON);

        assertThat(claimed(Use.REQUIRED, NOON)).isEqualTo(third);
        assertThat(claimed(Use.REQUIRED, NOON)).isEqualTo(first);

        database.server.execute(
                "UPDATE payment SET status = 'REQUESTED', payment_key = NULL WHERE id = '" + third + "'");
    }

    @Test
    void vouched_hint_is_followed_before_older_ones_that_anybody_can_have_sent() {
        statusChecks.hint(first, false, NOON.minusSeconds(60));
        statusChecks.hint(second, true, NOON);

        assertThat(claimed(Use.HINTED, NOON)).isEqualTo(second);
        assertThat(claimed(Use.HINTED, NOON)).isEqualTo(first);
    }

    @Test
    void voucher_lets_a_required_one_wait_for_its_turn() {
        statusChecks.hint(second, true, NOON.minusSeconds(1));
        statusChecks.require(second, NOON);
        statusChecks.require(first, NOON.minusSeconds(60));

        assertThat(claimed(Use.REQUIRED, NOON)).isEqualTo(first);
    }

    @Test
    void row_another_worker_is_claiming_is_passed_over_and_not_waited_for() throws SQLException {
        statusChecks.require(first, NOON.minusSeconds(2));
        statusChecks.require(second, NOON.minusSeconds(1));

        try (Connection other = database.server.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeQuery("SELECT FROM work WHERE id = '" + first + "' FOR UPDATE");

            assertThat(claimed(Use.REQUIRED, NOON)).isEqualTo(second);
            assertThat(claim(Use.REQUIRED, NOON))
                    .as("the other is still claiming it")
                    .isEmpty();
            other.rollback();
        }
        assertThat(claimed(Use.REQUIRED, NOON)).isEqualTo(first);
    }

    @Test
    void payment_that_is_being_asked_about_is_not_asked_about_for_the_other_reason() {
        statusChecks.require(first, NOON);
        statusChecks.hint(first, true, NOON);
        StatusCheck check = claim(Use.REQUIRED, NOON).orElseThrow();

        assertThat(statusChecks.due(NOON)).isEmpty();
        assertThat(claim(Use.HINTED, NOON)).isEmpty();

        statusChecks.again(check, NOON, NOON.plusSeconds(8), NOON.plusSeconds(4));
        assertThat(statusChecks.due(NOON.plusSeconds(7))).isEmpty();
        assertThat(claim(Use.HINTED, NOON.plusSeconds(8))).isPresent();
    }

    @Test
    void late_answer_of_one_that_lost_its_lease_changes_nothing() {
        statusChecks.hint(first, true, NOON);
        StatusCheck late = claim(Use.HINTED, NOON).orElseThrow();
        StatusCheck current = claim(Use.HINTED, NOON.plus(LEASE)).orElseThrow();

        statusChecks.done(late, 9, NOON.plus(LEASE), NOON.plus(LEASE).plusSeconds(300));
        statusChecks.again(late, NOON.plus(LEASE), NOON, NOON);
        statusChecks.giveBack(late);

        assertThat(claim(Use.HINTED, NOON.plus(LEASE))).as("still the other's").isEmpty();
        statusChecks.giveBack(current);
        StatusCheck next = claim(Use.HINTED, NOON.plus(LEASE)).orElseThrow();
        assertThat(next.hints()).isOne();
        assertThat(next.fruitless()).isZero();
        assertThat(next.tries()).isZero();
    }

    @Test
    void paused_kind_is_not_asked_about_and_the_other_goes_on() {
        statusChecks.require(first, NOON);
        statusChecks.hint(second, false, NOON);
        database.server.execute("INSERT INTO work_pause VALUES ('status-check.hinted', 'a flood of forgeries', now())");

        assertThat(statusChecks.due(NOON)).containsExactly(Use.REQUIRED);
        assertThat(claim(Use.HINTED, NOON)).isEmpty();

        database.server.execute("DELETE FROM work_pause");
        assertThat(claimed(Use.HINTED, NOON)).isEqualTo(second);
    }

    @Test
    void answered_one_is_not_asked_again() {
        statusChecks.hint(first, false, NOON);
        StatusCheck check = claim(Use.HINTED, NOON).orElseThrow();

        statusChecks.done(check, 1, NOON, NOON.plusSeconds(4));

        assertThat(statusChecks.due(NOON.plus(Duration.ofDays(100)))).isEmpty();
    }

    @Test
    void hints_before_the_answer_are_answered_and_those_since_are_asked_about_when_it_is_time() {
        statusChecks.hint(first, false, NOON);
        statusChecks.hint(first, false, NOON);
        StatusCheck check = claim(Use.HINTED, NOON).orElseThrow();
        assertThat(check.hints()).isEqualTo(2);
        statusChecks.hint(first, false, NOON);

        statusChecks.done(check, 1, NOON, NOON.plusSeconds(4));

        assertThat(dueAt(first)).isEqualTo(NOON.plusSeconds(4));
        StatusCheck next = claim(Use.HINTED, NOON.plusSeconds(4)).orElseThrow();
        assertThat(next.hints()).isOne();
        assertThat(next.fruitless()).isOne();
        statusChecks.done(next, 2, NOON.plusSeconds(4), NOON.plusSeconds(12));
        assertThat(dueAt(first)).isNull();
    }

    @Test
    void vouched_hint_since_is_asked_about_after_the_shortest_time() {
        statusChecks.hint(first, false, NOON);
        StatusCheck check = claim(Use.HINTED, NOON).orElseThrow();
        statusChecks.hint(first, true, NOON);

        statusChecks.done(check, 9, NOON, NOON.plusSeconds(300));

        assertThat(dueAt(first)).isEqualTo(NOON.plus(WINDOW));
    }

    @Test
    void answered_voucher_is_used_up_however_many_forgeries_come_meanwhile() {
        statusChecks.hint(first, true, NOON);
        StatusCheck check = claim(Use.HINTED, NOON).orElseThrow();
        assertThat(check.vouched()).isOne();
        statusChecks.hint(first, false, NOON);

        statusChecks.done(check, 9, NOON, NOON.plusSeconds(300));

        assertThat(dueAt(first)).isEqualTo(NOON.plusSeconds(300));
        assertThat(claim(Use.HINTED, NOON.plusSeconds(300)).orElseThrow().vouched())
                .isZero();
    }

    @Test
    void forged_hint_after_an_answer_waits_and_a_vouched_one_does_not() {
        answered(first, NOON.plusSeconds(300));
        answered(second, NOON.plusSeconds(300));

        statusChecks.hint(first, false, NOON.plusSeconds(10));
        statusChecks.hint(second, true, NOON.plusSeconds(10));

        assertThat(dueAt(first)).isEqualTo(NOON.plusSeconds(300));
        assertThat(dueAt(second)).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void vouched_hint_keeps_the_shortest_time_from_the_last_question() {
        answered(first, NOON.plusSeconds(300));

        statusChecks.hint(first, true, NOON.plusMillis(300));

        assertThat(dueAt(first)).isEqualTo(NOON.plus(WINDOW));
    }

    @Test
    void further_hints_put_nothing_off() {
        statusChecks.hint(first, false, NOON);
        statusChecks.hint(first, false, NOON.plusSeconds(60));

        assertThat(dueAt(first)).isEqualTo(NOON);
    }

    @Test
    void hint_brings_a_required_one_forward_but_not_again_and_again() {
        statusChecks.require(first, NOON.plusSeconds(90));
        statusChecks.hint(first, false, NOON);
        assertThat(dueAt(first)).isEqualTo(NOON);

        StatusCheck check = claim(Use.HINTED, NOON).orElseThrow();
        statusChecks.again(check, NOON, NOON.plusSeconds(80), NOON.plusSeconds(60));
        statusChecks.hint(first, false, NOON.plusSeconds(1));

        assertThat(dueAt(first)).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void hint_about_what_is_required_later_is_no_required_question_and_changes_neither_its_date_nor_its_pauses() {
        statusChecks.require(first, NOON.plusSeconds(90));
        statusChecks.hint(first, false, NOON);
        assertThat(statusChecks.due(NOON)).containsExactly(Use.HINTED);
        assertThat(claim(Use.REQUIRED, NOON)).isEmpty();

        StatusCheck answered = claim(Use.HINTED, NOON).orElseThrow();
        statusChecks.done(answered, 1, NOON, NOON.plusSeconds(4));
        assertThat(dueAt(first)).isEqualTo(NOON.plusSeconds(90));

        statusChecks.hint(first, false, NOON.plusSeconds(10));
        StatusCheck unanswered = claim(Use.HINTED, NOON.plusSeconds(10)).orElseThrow();
        assertThat(unanswered.fruitless()).isOne();
        statusChecks.again(unanswered, NOON.plusSeconds(10), NOON.plusSeconds(300), NOON.plusSeconds(200));
        assertThat(dueAt(first)).isEqualTo(NOON.plusSeconds(90));

        assertThat(statusChecks.due(NOON.plusSeconds(90))).containsExactly(Use.REQUIRED);
        StatusCheck required = claim(Use.REQUIRED, NOON.plusSeconds(90)).orElseThrow();
        assertThat(required.tries()).isZero();
        assertThat(required.fruitless()).isEqualTo(2);
    }

    @Test
    void until_its_new_date_one_that_was_put_off_is_asked_about_only_as_a_hint() {
        statusChecks.require(first, NOON);
        statusChecks.again(claim(Use.REQUIRED, NOON).orElseThrow(), NOON, NOON.plusSeconds(8), NOON.plusSeconds(4));
        statusChecks.hint(first, false, NOON);
        statusChecks.require(second, NOON);
        statusChecks.require(second, NOON.plusSeconds(8));
        statusChecks.hint(second, false, NOON.plusSeconds(4));

        assertThat(statusChecks.due(NOON.plusSeconds(4))).containsExactly(Use.HINTED);
    }

    @Test
    void required_one_without_an_answer_is_required_again_at_its_new_date() {
        statusChecks.require(first, NOON);
        statusChecks.again(claim(Use.REQUIRED, NOON).orElseThrow(), NOON, NOON.plusSeconds(8), NOON.plusSeconds(4));

        assertThat(statusChecks.due(NOON.plusSeconds(7))).isEmpty();
        assertThat(statusChecks.due(NOON.plusSeconds(8))).containsExactly(Use.REQUIRED);
        StatusCheck again = claim(Use.REQUIRED, NOON.plusSeconds(8)).orElseThrow();
        assertThat(again.tries()).isOne();
        assertThat(again.fruitless()).isZero();
    }

    @Test
    void unanswered_one_is_asked_again_with_all_its_hints() {
        statusChecks.hint(first, false, NOON);
        StatusCheck check = claim(Use.HINTED, NOON).orElseThrow();

        statusChecks.again(check, NOON, NOON.plusSeconds(8), NOON.plusSeconds(4));

        assertThat(dueAt(first)).isEqualTo(NOON.plusSeconds(8));
        StatusCheck again = claim(Use.HINTED, NOON.plusSeconds(8)).orElseThrow();
        assertThat(again.hints()).isOne();
        assertThat(again.tries()).isOne();
    }

    @Test
    void unanswered_one_with_hints_since_is_asked_again_sooner() {
        statusChecks.hint(first, false, NOON);
        statusChecks.hint(second, false, NOON);
        StatusCheck one = claim(Use.HINTED, NOON).orElseThrow();
        StatusCheck other = claim(Use.HINTED, NOON).orElseThrow();
        statusChecks.hint(one.paymentId(), false, NOON);
        statusChecks.hint(other.paymentId(), true, NOON);

        statusChecks.again(one, NOON, NOON.plusSeconds(8), NOON.plusSeconds(4));
        statusChecks.again(other, NOON, NOON.plusSeconds(8), NOON.plusSeconds(4));

        assertThat(dueAt(one.paymentId())).isEqualTo(NOON.plusSeconds(4));
        assertThat(dueAt(other.paymentId())).isEqualTo(NOON.plus(WINDOW));
    }

    @Test
    void requiring_one_begins_anew_and_lets_no_hint_through_sooner() {
        statusChecks.require(first, NOON);
        statusChecks.again(claim(Use.REQUIRED, NOON).orElseThrow(), NOON, NOON.plusSeconds(8), NOON.plusSeconds(60));

        statusChecks.require(first, NOON.plusSeconds(90));
        statusChecks.hint(first, false, NOON.plusSeconds(1));

        assertThat(dueAt(first)).isEqualTo(NOON.plusSeconds(60));
        assertThat(claim(Use.REQUIRED, NOON.plusSeconds(90)).orElseThrow().tries())
                .isZero();
    }

    @Test
    void requiring_one_for_later_does_not_put_off_a_hint_that_is_due_sooner() {
        statusChecks.hint(first, true, NOON.plusSeconds(10));

        statusChecks.require(first, NOON.plusSeconds(90));

        assertThat(dueAt(first)).isEqualTo(NOON.plusSeconds(10));
        assertThat(statusChecks.due(NOON.plusSeconds(10))).containsExactly(Use.HINTED);
        assertThat(statusChecks.due(NOON.plusSeconds(90))).contains(Use.REQUIRED);
        assertThat(claimed(Use.REQUIRED, NOON.plusSeconds(90))).isEqualTo(first);
        assertThat(statusChecks.due(NOON.plusSeconds(90)))
                .as("one question answers both")
                .isEmpty();
    }

    @Test
    void answer_to_a_hint_leaves_what_is_required_meanwhile_required() {
        statusChecks.hint(first, false, NOON);
        StatusCheck check = claim(Use.HINTED, NOON).orElseThrow();
        statusChecks.require(first, NOON.plusSeconds(90));

        statusChecks.done(check, 1, NOON, NOON.plusSeconds(4));

        assertThat(dueAt(first)).isEqualTo(NOON.plusSeconds(90));
        assertThat(claim(Use.REQUIRED, NOON.plusSeconds(90)).orElseThrow().tries())
                .isZero();
    }

    @Test
    void released_one_is_asked_about_only_if_webhooks_came() {
        statusChecks.require(first, NOON);
        statusChecks.require(second, NOON);
        statusChecks.hint(second, false, NOON);

        statusChecks.release(first, NOON.plusSeconds(1));
        statusChecks.release(second, NOON.plusSeconds(1));

        assertThat(dueAt(first)).isNull();
        assertThat(dueAt(second)).isEqualTo(NOON);
        assertThat(statusChecks.due(NOON)).containsExactly(Use.HINTED);
    }

    @Test
    void answered_ones_are_forgotten_by_age_in_steps_and_open_ones_never() {
        answered(first, NOON);
        answered(second, NOON);
        statusChecks.require(third, NOON);

        assertThat(statusChecks.forget(NOON, 10)).isZero();
        assertThat(statusChecks.forget(NOON.plusMillis(1), 1)).isOne();
        assertThat(statusChecks.forget(NOON.plusMillis(1), 10)).isOne();
        assertThat(statusChecks.forget(NOON.plus(Duration.ofDays(1_000)), 10)).isZero();
        assertThat(claimed(Use.REQUIRED, NOON)).isEqualTo(third);
    }

    /** Asked about at noon, with the answer that there is nothing new. */
    private void answered(PaymentId payment, Instant nextHint) {
        statusChecks.hint(payment, false, NOON);
        StatusCheck check = claim(Use.HINTED, NOON).orElseThrow();
        assertThat(check.paymentId()).isEqualTo(payment);
        statusChecks.done(check, 7, NOON, nextHint);
    }

    private PaymentId claimed(Use use, Instant now) {
        return claim(use, now).orElseThrow().paymentId();
    }

    private Optional<StatusCheck> claim(Use use, Instant now) {
        return statusChecks.claim(use, now, now.plus(LEASE));
    }

    private final class Alarms implements Alarm {

        @Override
        public void set(Duration delay) {
            alarms.add(delay);
        }

        @Override
        public void await(Duration shortest, Duration longest) {
            throw new UnsupportedOperationException();
        }
    }

    private static @Nullable Instant dueAt(PaymentId payment) {
        return database.jdbc
                .sql("SELECT min(due_at) FROM work WHERE id = ?")
                .param(payment.value().toString())
                .query((row, _) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant)
                .orElse(null);
    }
}
