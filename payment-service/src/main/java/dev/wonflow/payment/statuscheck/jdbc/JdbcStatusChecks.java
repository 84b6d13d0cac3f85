package dev.wonflow.payment.statuscheck.jdbc;

import dev.wonflow.payment.Alarm;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.quota.Use;
import dev.wonflow.payment.payment.StatusCheckProperties;
import dev.wonflow.payment.payment.StatusChecks;
import dev.wonflow.payment.statuscheck.StatusCheck;
import dev.wonflow.payment.statuscheck.StatusCheckQueue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Status checks in PostgreSQL: one row per payment. Every statement is whole by itself. */
@Component
class JdbcStatusChecks implements StatusChecks, StatusCheckQueue {

    private static final String REQUIRE = """
        INSERT INTO payment_inquiry AS inquiry (payment_id, required, due_at, required_at)
        VALUES (:payment, true, :due, :due)
        ON CONFLICT (payment_id) DO UPDATE
        SET required = true, required_at = excluded.required_at, tries = 0,
            due_at = LEAST(excluded.due_at, CASE WHEN inquiry.hints > 0 THEN inquiry.due_at END)
        RETURNING due_at
        """;
    private static final String RELEASE = """
        UPDATE payment_inquiry
        SET required = false, required_at = NULL, tries = 0,
            due_at = CASE WHEN hints > 0 THEN LEAST(due_at, :hintDue) END
        WHERE payment_id = :payment
        RETURNING due_at
        """;
    /** A date that was never set holds nothing back: GREATEST and LEAST pass over null. */
    private static final String HINT = """
        INSERT INTO payment_inquiry AS inquiry (payment_id, required, due_at, hints, vouched)
        VALUES (:payment, false, :due, 1, :vouched)
        ON CONFLICT (payment_id) DO UPDATE
        SET hints = inquiry.hints + 1,
            vouched = inquiry.vouched + excluded.vouched,
            due_at = LEAST(inquiry.due_at, GREATEST(excluded.due_at, CASE
                WHEN excluded.vouched > 0 THEN inquiry.asked_at + make_interval(secs => :window)
                ELSE inquiry.hints_from END))
        RETURNING due_at
        """;
    /** What is due before we ourselves require it is due for a hint, and must not be paid for by what is required. */
    private static final String DUE = """
        SELECT EXISTS (SELECT FROM payment_inquiry
                       WHERE required AND (required_at IS NULL OR required_at <= :now)
                         AND due_at <= :now AND (leased_until IS NULL OR leased_until <= :now)),
               EXISTS (SELECT FROM payment_inquiry
                       WHERE (NOT required OR required_at > :now)
                         AND due_at <= :now AND (leased_until IS NULL OR leased_until <= :now))
        """;

    private static final String NEXT_DUE = "SELECT min(due_at) FROM payment_inquiry WHERE due_at > :now";

    /**
     * A row another worker is claiming at this moment is passed over, not waited for. A lost answer, for which a buyer
     * waits, goes before accounts that wait for days.
     */
    private static final String CLAIM = """
        UPDATE payment_inquiry
        SET leased_until = :leasedUntil
        WHERE payment_id IN (
            SELECT payment_id FROM payment_inquiry
            WHERE (required AND (required_at IS NULL OR required_at <= :now)) = :required
              AND due_at <= :now AND (leased_until IS NULL OR leased_until <= :now)
            ORDER BY
                :required AND EXISTS (SELECT FROM payment
                                      WHERE id = payment_id AND status IN ('CONFIRMING', 'UNKNOWN')) DESC,
                NOT :required AND vouched > 0 DESC,
                due_at
            LIMIT 1
            FOR UPDATE SKIP LOCKED)
        RETURNING payment_id, tries, fruitless, hints, vouched
        """;

    private static final String DONE = """
        UPDATE payment_inquiry
        SET leased_until = NULL, asked_at = :now, hints_from = :nextHint, fruitless = :fruitless,
            hints = GREATEST(0, hints - :hints), vouched = GREATEST(0, vouched - :vouched),
            tries = CASE WHEN required THEN tries ELSE 0 END,
            due_at = LEAST(CASE WHEN required THEN COALESCE(required_at, due_at) END, CASE
                WHEN vouched > :vouched THEN :now + make_interval(secs => :window)
                WHEN hints > :hints THEN :nextHint::timestamptz END)
        WHERE payment_id = :payment
        RETURNING due_at
        """;
    /**
     * The webhooks have not been answered, so they go on being counted. What is required later anyway keeps its date
     * and its pauses, whatever hints came before.
     */
    private static final String AGAIN = """
        UPDATE payment_inquiry
        SET leased_until = NULL, asked_at = :now, hints_from = :nextHint,
            tries = CASE WHEN required AND required_at > :now THEN tries ELSE tries + 1 END,
            fruitless = CASE WHEN NOT required OR required_at > :now THEN fruitless + 1 ELSE fruitless END,
            required_at = CASE WHEN required AND required_at > :now THEN required_at WHEN required THEN :due END,
            due_at = LEAST(CASE WHEN required AND required_at > :now THEN required_at END, CASE
                WHEN vouched > :vouched THEN LEAST(:due, :now + make_interval(secs => :window))
                WHEN hints > :hints THEN LEAST(:due, :nextHint::timestamptz)
                ELSE :due END)
        WHERE payment_id = :payment
        RETURNING due_at
        """;

    private static final String FORGET = """
        DELETE FROM payment_inquiry
        WHERE payment_id IN (
            SELECT payment_id FROM payment_inquiry
            WHERE due_at IS NULL AND (asked_at IS NULL OR asked_at < :before) LIMIT :limit
            FOR UPDATE SKIP LOCKED)
        """;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Alarm alarm;
    private final double window;

    JdbcStatusChecks(JdbcClient jdbc, StatusCheckProperties properties, Clock clock, Alarm alarm) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.alarm = alarm;
        this.window = properties.hintWindow().toMillis() / 1_000d;
    }

    @Override
    public void require(PaymentId id, Instant due) {
        plan(jdbc.sql(REQUIRE).param("payment", id.value()).param("due", utc(due)));
    }

    @Override
    public void release(PaymentId id, Instant hintDue) {
        plan(jdbc.sql(RELEASE).param("payment", id.value()).param("hintDue", utc(hintDue)));
    }

    @Override
    public void hint(PaymentId id, boolean vouched, Instant due) {
        plan(jdbc.sql(HINT)
                .param("payment", id.value())
                .param("vouched", vouched ? 1 : 0)
                .param("due", utc(due))
                .param("window", window));
    }

    @Override
    public Set<Use> due(Instant now) {
        return jdbc.sql(DUE)
                .param("now", utc(now))
                .query(JdbcStatusChecks::uses)
                .single();
    }

    @Override
    public Optional<Instant> nextDue(Instant now) {
        return jdbc.sql(NEXT_DUE)
                .param("now", utc(now))
                .query((row, _) -> dueAt(row))
                .single();
    }

    @Override
    public Optional<StatusCheck> claim(Use use, Instant now, Instant leasedUntil) {
        return jdbc.sql(CLAIM)
                .param("required", use == Use.REQUIRED)
                .param("now", utc(now))
                .param("leasedUntil", utc(leasedUntil))
                .query(JdbcStatusChecks::check)
                .optional();
    }

    @Override
    public void done(StatusCheck check, int fruitless, Instant now, Instant nextHint) {
        plan(jdbc.sql(DONE)
                .param("payment", check.paymentId().value())
                .param("hints", check.hints())
                .param("vouched", check.vouched())
                .param("fruitless", fruitless)
                .param("now", utc(now))
                .param("nextHint", utc(nextHint))
                .param("window", window));
    }

    @Override
    public void again(StatusCheck check, Instant now, Instant due, Instant nextHint) {
        plan(jdbc.sql(AGAIN)
                .param("payment", check.paymentId().value())
                .param("hints", check.hints())
                .param("vouched", check.vouched())
                .param("now", utc(now))
                .param("due", utc(due))
                .param("nextHint", utc(nextHint))
                .param("window", window));
    }

    @Override
    public int forget(Instant before, int limit) {
        return jdbc.sql(FORGET)
                .param("before", utc(before))
                .param("limit", limit)
                .update();
    }

    /** Runs a statement that says when its status check is due now, and sets the alarm for it. */
    private void plan(JdbcClient.StatementSpec statement) {
        statement.query((row, _) -> dueAt(row)).list().stream()
                .flatMap(Optional::stream)
                .forEach(this::announce);
    }

    private void announce(Instant due) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            setAlarm(due);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

            @Override
            public void afterCommit() {
                setAlarm(due);
            }
        });
    }

    private void setAlarm(Instant due) {
        alarm.set(Duration.between(clock.instant(), due));
    }

    private static Optional<Instant> dueAt(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getObject(1, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Set<Use> uses(ResultSet row, int rowNumber) throws SQLException {
        Set<Use> uses = EnumSet.noneOf(Use.class);
        if (row.getBoolean(1)) {
            uses.add(Use.REQUIRED);
        }
        if (row.getBoolean(2)) {
            uses.add(Use.HINTED);
        }
        return uses;
    }

    private static StatusCheck check(ResultSet row, int rowNumber) throws SQLException {
        return new StatusCheck(
                new PaymentId(row.getObject("payment_id", UUID.class)),
                row.getInt("tries"),
                row.getInt("fruitless"),
                row.getInt("hints"),
                row.getInt("vouched"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
