package dev.wonflow.payment.statuscheck.jdbc;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.quota.Use;
import dev.wonflow.payment.payment.StatusCheckProperties;
import dev.wonflow.payment.payment.StatusChecks;
import dev.wonflow.payment.statuscheck.StatusCheck;
import dev.wonflow.payment.statuscheck.StatusCheckQueue;
import dev.wonflow.payment.statuscheck.StatusCheckWork;
import dev.wonflow.work.Claim;
import dev.wonflow.work.WorkItem;
import dev.wonflow.work.WorkKind;
import dev.wonflow.work.WorkTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Status checks in PostgreSQL. When to ask is planned as work, apart for what we require and for what webhooks hinted
 * at; both have the payment as their key, so that one asks at a time. What spaces the questions is one row per payment.
 * A statement that changes both changes that row first.
 */
@Component
class JdbcStatusChecks implements StatusChecks, StatusCheckQueue {

    private static final Logger log = LoggerFactory.getLogger(JdbcStatusChecks.class);

    /** A buyer waits for these, and an account waits for days. */
    private static final String ANSWER_WAS_LOST =
            "SELECT status IN ('CONFIRMING', 'UNKNOWN') FROM payment WHERE id = :payment";

    /** A date that was never set holds nothing back: GREATEST passes over null. */
    private static final String HINT = """
        INSERT INTO status_check AS known (payment_id, hints, vouched)
        VALUES (:payment, 1, :vouched)
        ON CONFLICT (payment_id) DO UPDATE
        SET hints = known.hints + 1, vouched = known.vouched + excluded.vouched
        RETURNING GREATEST(:due::timestamptz, CASE
            WHEN :vouched > 0 THEN asked_at + make_interval(secs => :window)
            ELSE hints_from END)
        """;

    private static final String COUNTED =
            "SELECT hints, vouched, fruitless FROM status_check WHERE payment_id = :payment";

    private static final String ANSWERED = """
        INSERT INTO status_check AS known (payment_id, asked_at, hints_from, fruitless)
        VALUES (:payment, :now, :nextHint, :fruitless)
        ON CONFLICT (payment_id) DO UPDATE
        SET asked_at = excluded.asked_at, hints_from = excluded.hints_from, fruitless = excluded.fruitless,
            hints = GREATEST(0, known.hints - :hints), vouched = GREATEST(0, known.vouched - :vouched)
        RETURNING hints, vouched, fruitless
        """;

    /** The webhooks have not been answered, so they go on being counted. */
    private static final String UNANSWERED = """
        INSERT INTO status_check AS known (payment_id, asked_at, hints_from, fruitless)
        VALUES (:payment, :now, :nextHint, :more)
        ON CONFLICT (payment_id) DO UPDATE
        SET asked_at = excluded.asked_at, hints_from = excluded.hints_from, fruitless = known.fruitless + :more
        RETURNING hints, vouched, fruitless
        """;

    private static final String FORGET = """
        DELETE FROM status_check
        WHERE payment_id IN (
            SELECT payment_id FROM status_check
            WHERE (asked_at IS NULL OR asked_at < :before)
              AND NOT EXISTS (SELECT FROM work WHERE work.key = payment_id::text)
            LIMIT :limit
            FOR UPDATE SKIP LOCKED)
        """;

    private final JdbcClient jdbc;
    private final WorkTable work;
    private final TransactionOperations transaction;
    private final Duration window;

    JdbcStatusChecks(
            JdbcClient jdbc, WorkTable work, TransactionOperations transaction, StatusCheckProperties properties) {
        this.jdbc = jdbc;
        this.work = work;
        this.transaction = transaction;
        this.window = properties.hintWindow();
    }

    @Override
    public void require(PaymentId id, Instant due) {
        boolean lost = jdbc.sql(ANSWER_WAS_LOST)
                .param("payment", id.value())
                .query(Boolean.class)
                .single();
        work.plan(item(Use.REQUIRED, id, due, lost));
    }

    @Override
    public void requireAnswer(PaymentId id, Instant due) {
        work.plan(item(Use.REQUIRED, id, due, true));
    }

    @Override
    public void release(PaymentId id, Instant hintDue) {
        work.callOff(kind(Use.REQUIRED), text(id));
        work.bringForward(kind(Use.HINTED), text(id), hintDue);
    }

    @Override
    public void hint(PaymentId id, boolean vouched, Instant due) {
        transaction.executeWithoutResult(_ -> {
            OffsetDateTime notBefore = jdbc.sql(HINT)
                    .param("payment", id.value())
                    .param("vouched", vouched ? 1 : 0)
                    .param("due", utc(due))
                    .param("window", window.toMillis() / 1_000d)
                    .query(OffsetDateTime.class)
                    .single();
            work.bringForward(item(Use.HINTED, id, notBefore.toInstant(), vouched));
        });
    }

    @Override
    public Set<Use> due(Instant now) {
        Set<WorkKind> due = work.due(StatusCheckWork.KINDS, now);
        Set<Use> uses = EnumSet.allOf(Use.class);
        uses.removeIf(use -> !due.contains(kind(use)));
        return uses;
    }

    @Override
    public Optional<Instant> nextDue(Instant now) {
        return work.nextDue(StatusCheckWork.KINDS, now);
    }

    @Override
    public Optional<StatusCheck> claim(Use use, Instant now, Instant leasedUntil) {
        return work.claim(kind(use), now, leasedUntil, 1).stream().findFirst().map(claim -> check(use, claim));
    }

    @Override
    public void done(StatusCheck check, int fruitless, Instant now, Instant nextHint) {
        settle(check, claim -> {
            Counted left = jdbc.sql(ANSWERED)
                    .param("payment", check.paymentId().value())
                    .param("hints", check.hints())
                    .param("vouched", check.vouched())
                    .param("fruitless", fruitless)
                    .param("now", utc(now))
                    .param("nextHint", utc(nextHint))
                    .query(JdbcStatusChecks::counted)
                    .single();
            Instant hintDue = left.vouched() > 0 ? now.plus(window) : nextHint;
            boolean hinted = left.hints() > 0;
            return switch (check.use()) {
                case REQUIRED -> {
                    // What is required from here on has been planned by the one who took the answer in.
                    boolean held = !work.letGo(List.of(claim)).isEmpty();
                    if (hinted) {
                        work.plan(item(Use.HINTED, check.paymentId(), hintDue, left.vouched() > 0));
                    } else {
                        work.callOff(kind(Use.HINTED), text(check.paymentId()));
                    }
                    yield held;
                }
                case HINTED ->
                    hinted
                            ? work.putBack(claim, hintDue, priority(left.vouched() > 0), false)
                            : !work.done(List.of(claim)).isEmpty();
            };
        });
    }

    @Override
    public void again(StatusCheck check, Instant now, Instant due, Instant nextHint) {
        settle(check, claim -> {
            Counted all = jdbc.sql(UNANSWERED)
                    .param("payment", check.paymentId().value())
                    .param("more", check.use() == Use.HINTED ? 1 : 0)
                    .param("now", utc(now))
                    .param("nextHint", utc(nextHint))
                    .query(JdbcStatusChecks::counted)
                    .single();
            Instant hintDue = due;
            if (all.vouched() > check.vouched()) {
                hintDue = earlier(due, now.plus(window));
            } else if (all.hints() > check.hints()) {
                hintDue = earlier(due, nextHint);
            }
            boolean vouched = all.vouched() > 0;
            return switch (check.use()) {
                case REQUIRED -> {
                    boolean held = !work.failed(List.of(new WorkTable.Failure(claim, due)))
                            .isEmpty();
                    if (all.hints() > 0) {
                        work.plan(item(Use.HINTED, check.paymentId(), hintDue, vouched));
                    }
                    yield held;
                }
                case HINTED -> work.putBack(claim, hintDue, priority(vouched), true);
            };
        });
    }

    @Override
    public void giveBack(StatusCheck check) {
        work.letGo(List.of(claim(check)));
    }

    /** Undone if the lease was lost: the holder now speaks for the payment. */
    private void settle(StatusCheck check, Predicate<Claim> settled) {
        transaction.executeWithoutResult(status -> {
            if (!settled.test(claim(check))) {
                status.setRollbackOnly();
                log.warn("Payment {} was asked about, but the lease was lost meanwhile", check.paymentId());
            }
        });
    }

    @Override
    public int forget(Instant before, int limit) {
        work.forgetCalledOff();
        return jdbc.sql(FORGET)
                .param("before", utc(before))
                .param("limit", limit)
                .update();
    }

    private StatusCheck check(Use use, Claim claim) {
        PaymentId id = new PaymentId(UUID.fromString(claim.id()));
        Counted counted = jdbc.sql(COUNTED)
                .param("payment", id.value())
                .query(JdbcStatusChecks::counted)
                .optional()
                .orElse(new Counted(0, 0, 0));
        return new StatusCheck(
                id,
                use,
                new StatusCheck.Lease(claim.attempt(), claim.revision()),
                claim.cause(),
                claim.failures(),
                counted.fruitless(),
                counted.hints(),
                counted.vouched());
    }

    private static Claim claim(StatusCheck check) {
        String id = text(check.paymentId());
        return new Claim(
                kind(check.use()),
                id,
                id,
                0,
                Instant.EPOCH,
                null,
                check.cause(),
                check.lease().attempt(),
                check.tries(),
                check.lease().revision());
    }

    private static WorkItem item(Use use, PaymentId id, Instant due, boolean first) {
        return new WorkItem(kind(use), text(id), text(id), due, priority(first), null);
    }

    private static int priority(boolean first) {
        return first ? 1 : 0;
    }

    private static WorkKind kind(Use use) {
        return switch (use) {
            case REQUIRED -> StatusCheckWork.REQUIRED;
            case HINTED -> StatusCheckWork.HINTED;
        };
    }

    private static String text(PaymentId id) {
        return id.value().toString();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private record Counted(int hints, int vouched, int fruitless) {}

    private static Counted counted(ResultSet row, int rowNumber) throws SQLException {
        return new Counted(row.getInt("hints"), row.getInt("vouched"), row.getInt("fruitless"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
