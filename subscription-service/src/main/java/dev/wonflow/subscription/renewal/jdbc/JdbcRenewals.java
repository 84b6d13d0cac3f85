package dev.wonflow.subscription.renewal.jdbc;

import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.renewal.Breaker.Result;
import dev.wonflow.subscription.renewal.RenewalRun;
import dev.wonflow.subscription.renewal.RenewalSwitch;
import dev.wonflow.subscription.renewal.Renewals;
import dev.wonflow.subscription.subscription.ParkingReason;
import dev.wonflow.subscription.subscription.jdbc.MovedTenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Runs in PostgreSQL; how far one has come is counted from the charges. */
@Component
class JdbcRenewals implements Renewals {

    private static final String SWITCH =
            "SELECT state, reason, changed_by, changed_at, judged_from FROM renewal_switch";

    private static final String RESULTS = """
        SELECT status FROM charge_attempt
        WHERE answered_at >= :from AND occasion IN ('FIRST', 'AGAIN')
        ORDER BY answered_at DESC LIMIT :most
        """;

    private static final String RUN = "SELECT id, started_at, ended_at, due, claimed FROM renewal_run ";

    private static final String STANDING = """
        SELECT run.*,
            (SELECT count(*) FROM charge_attempt WHERE status = 'REQUESTED') AS under_way,
            (SELECT count(*) FROM (SELECT FROM charge_attempt
                WHERE answered_at >= greatest(run.started_at, judged_from) AND occasion IN ('FIRST', 'AGAIN') LIMIT :enough) AS capped) AS answered
        FROM renewal_switch
            LEFT JOIN (SELECT id, started_at, ended_at, due, claimed FROM renewal_run WHERE ended_at IS NULL) AS run ON true
        """;

    private static final String SAVE_RUN = """
        INSERT INTO renewal_run (id, started_at, ended_at, due, claimed)
        VALUES (:id, :startedAt, :endedAt, :due, :claimed)
        ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, claimed = excluded.claimed
        """;

    private static final String TAKE_UNCOUNTED = """
        UPDATE charge_attempt SET again = false
        WHERE charge_id IN (SELECT charge_id FROM charge_attempt WHERE again
                            ORDER BY ended_at LIMIT :most FOR UPDATE SKIP LOCKED)
        RETURNING invoice_id
        """;

    private static final String FORGIVE = """
        UPDATE charge_attempt SET judged_at = :now, counted = false, again = true
        WHERE status = 'FAILED' AND judged_at IS NULL
        """;

    private static final String COUNT_DUE =
            "SELECT count(*) FROM subscription WHERE due_at <= :now AND parked_at IS NULL";

    /** By the moments of answers, for which there is an index: none comes before its charge is asked for. */
    private static final String PROGRESS = """
        SELECT
            count(*) FILTER (WHERE status = 'PAID') AS paid,
            count(*) FILTER (WHERE status = 'FAILED' AND counted IS NOT FALSE) AS declined,
            count(*) FILTER (WHERE status = 'UNKNOWN') AS unknown,
            count(*) FILTER (WHERE answered_at > :since) AS lately,
            (SELECT count(*) FROM charge_attempt
             WHERE status = 'REQUESTED' AND occasion IN ('FIRST', 'AGAIN') AND requested_at >= :from) AS under_way,
            (SELECT count(*) FROM charge_attempt WHERE again) AS again
        FROM charge_attempt
        WHERE occasion IN ('FIRST', 'AGAIN') AND answered_at >= :from
            AND requested_at BETWEEN :from AND coalesce(CAST(:until AS timestamptz), 'infinity')
        """;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** What shorter times say of a rate is chance. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final String PARKED = """
        SELECT id, tenant_id, product, plan, parked_reason, parked_at, due_at FROM subscription
        WHERE parked_at IS NOT NULL
            AND (CAST(:at AS timestamptz) IS NULL OR (parked_at, id) > (:at, CAST(:id AS uuid)))
        ORDER BY parked_at, id LIMIT :most
        """;

    private final JdbcClient jdbc;
    private final TenantClocks clocks;

    JdbcRenewals(JdbcClient jdbc, TenantClocks clocks) {
        this.jdbc = jdbc;
        this.clocks = clocks;
    }

    @Override
    public RenewalSwitch hold() {
        return jdbc.sql(SWITCH + " FOR UPDATE")
                .query((row, _) -> renewalSwitch(row))
                .single();
    }

    @Override
    public RenewalSwitch look() {
        return jdbc.sql(SWITCH).query((row, _) -> renewalSwitch(row)).single();
    }

    @Override
    public void save(RenewalSwitch changed) {
        jdbc.sql("UPDATE renewal_switch SET state = :state, reason = :reason, changed_by = :by, changed_at = :at,"
                        + " judged_from = :from")
                .param("state", changed.state().name())
                .param("reason", changed.reason(), Types.VARCHAR)
                .param("by", changed.changedBy(), Types.VARCHAR)
                .param("at", utc(changed.changedAt()))
                .param("from", utc(changed.judgedFrom()))
                .update();
    }

    @Override
    public List<Result> results(Instant from, int most) {
        return jdbc.sql(RESULTS)
                .param("from", utc(from))
                .param("most", most)
                .query((row, _) -> switch (row.getString("status")) {
                    case "PAID" -> Result.PAID;
                    case "FAILED" -> Result.DECLINED;
                    default -> Result.UNKNOWN;
                })
                .list();
    }

    @Override
    public Standing standing(int enough) {
        return jdbc.sql(STANDING)
                .param("enough", enough)
                .query((row, _) -> new Standing(
                        row.getObject("id") == null ? null : run(row), row.getInt("under_way"), row.getInt("answered")))
                .single();
    }

    @Override
    public void save(RenewalRun run) {
        jdbc.sql(SAVE_RUN)
                .param("id", run.id())
                .param("startedAt", utc(run.startedAt()))
                .param("endedAt", run.endedAt() == null ? null : utc(run.endedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("due", run.due())
                .param("claimed", run.claimed())
                .update();
    }

    @Override
    public long countDue(Instant now) {
        return MovedTenants.statement(jdbc, COUNT_DUE, "subscription.tenant_id", clocks, now)
                .query(Long.class)
                .single();
    }

    @Override
    public Optional<Instant> nextDue() {
        return Optional.ofNullable(
                jdbc.sql("SELECT min(due_at) AS next FROM subscription WHERE due_at IS NOT NULL AND parked_at IS NULL")
                        .query((row, _) -> new Next(instant(row, "next")))
                        .single()
                        .at());
    }

    private record Next(@Nullable Instant at) {}

    @Override
    public List<InvoiceId> takeUncounted(int most) {
        return jdbc.sql(TAKE_UNCOUNTED)
                .param("most", most)
                .query((row, _) -> new InvoiceId(row.getObject("invoice_id", UUID.class)))
                .list();
    }

    @Override
    public int forgive(Instant now) {
        return jdbc.sql(FORGIVE).param("now", utc(now)).update();
    }

    @Override
    public Optional<Progress> progress(Instant now) {
        return jdbc.sql(RUN + "ORDER BY started_at DESC LIMIT 1")
                .query((row, _) -> run(row))
                .optional()
                .map(run -> progress(run, now));
    }

    private Progress progress(RenewalRun run, Instant now) {
        Duration lately = lately(run, now);
        return jdbc.sql(PROGRESS)
                .param("since", utc(now.minus(lately)))
                .param("from", utc(run.startedAt()))
                .param("until", run.endedAt() == null ? null : utc(run.endedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .query((row, _) -> new Progress(
                        run,
                        row.getLong("paid"),
                        row.getLong("declined"),
                        row.getLong("unknown"),
                        row.getLong("under_way"),
                        row.getLong("again") + countDue(now),
                        Math.round(row.getLong("lately") * (double) MINUTE.toMillis() / lately.toMillis())))
                .single();
    }

    /** The last minute, or what there is of the run. */
    private static Duration lately(RenewalRun run, Instant now) {
        Duration ran = Duration.between(run.startedAt(), now);
        return Collections.max(List.of(SHORTEST, Collections.min(List.of(MINUTE, ran))));
    }

    @Override
    public List<Parked> parked(@Nullable Place after, int most) {
        return jdbc.sql(PARKED)
                .param("at", after == null ? null : utc(after.since()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("id", after == null ? null : after.id().value(), Types.OTHER)
                .param("most", most)
                .query((row, _) -> new Parked(
                        new SubscriptionId(row.getObject("id", UUID.class)),
                        new TenantId(row.getString("tenant_id")),
                        row.getString("product"),
                        row.getString("plan"),
                        ParkingReason.valueOf(row.getString("parked_reason")),
                        required(row, "parked_at"),
                        instant(row, "due_at")))
                .list();
    }

    private static RenewalSwitch renewalSwitch(ResultSet row) throws SQLException {
        return new RenewalSwitch(
                RenewalSwitch.State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getString("changed_by"),
                required(row, "changed_at"),
                required(row, "judged_from"));
    }

    private static RenewalRun run(ResultSet row) throws SQLException {
        return new RenewalRun(
                row.getObject("id", UUID.class),
                required(row, "started_at"),
                instant(row, "ended_at"),
                row.getLong("due"),
                row.getLong("claimed"));
    }

    private static Instant required(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(instant(row, column), column);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
