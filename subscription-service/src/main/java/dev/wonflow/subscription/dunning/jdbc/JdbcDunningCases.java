package dev.wonflow.subscription.dunning.jdbc;

import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.charge.ChargeId;
import dev.wonflow.subscription.charge.Occasion;
import dev.wonflow.subscription.charge.Remedy;
import dev.wonflow.subscription.dunning.DunningCase;
import dev.wonflow.subscription.dunning.DunningCases;
import dev.wonflow.subscription.dunning.DunningStage;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.subscription.jdbc.MovedTenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** Cases in the table {@code dunning_case}, however many with one statement. */
@Component
class JdbcDunningCases implements DunningCases {

    /** All if nothing is under way; else those that are old, or were followed by so many results. */
    private static final String TAKE_UNJUDGED = """
        SELECT charge_id, invoice_id, failure_code, remedy FROM charge_attempt
        WHERE status = 'FAILED' AND judged_at IS NULL
            AND (NOT EXISTS (SELECT FROM charge_attempt WHERE status = 'REQUESTED')
                OR ended_at <= :latest
                OR ended_at <= (SELECT answered_at FROM charge_attempt
                    WHERE answered_at IS NOT NULL AND occasion IN ('FIRST', 'AGAIN')
                    ORDER BY answered_at DESC OFFSET :following LIMIT 1))
        ORDER BY ended_at, charge_id LIMIT :most FOR UPDATE SKIP LOCKED
        """;

    private static final String WITHOUT_METHOD = """
        SELECT id FROM invoice
        WHERE status = 'OPEN' AND kind = 'PERIOD' AND billing_method_id IS NULL
            AND NOT EXISTS (SELECT FROM dunning_case WHERE invoice_id = id)
        ORDER BY issued_at, id LIMIT :most
        """;

    private static final String JUDGED = """
        UPDATE charge_attempt SET judged_at = :now, counted = charge_id = ANY(:counted)
        WHERE charge_id = ANY(:counted) OR charge_id = ANY(:uncounted)
        """;

    private static final String SELECT = """
        SELECT invoice_id, subscription_id, tenant_id, stage, stage_until, declines, waits_for_method, remind_at,
               next_attempt_at, next_occasion, opened_at, closed_at
        FROM dunning_case
        """;

    private static final String NOTHING_UNDER_WAY = """
        NOT EXISTS (SELECT FROM charge_attempt a WHERE a.invoice_id = dunning_case.invoice_id
            AND (a.ended_at IS NULL OR (a.status = 'FAILED' AND a.judged_at IS NULL) OR a.again))
        """;

    private static final String DUE = """
        SELECT invoice_id FROM dunning_case
        WHERE closed_at IS NULL AND least(stage_until, remind_at, next_attempt_at) <= :now AND %s
        ORDER BY least(stage_until, remind_at, next_attempt_at), invoice_id LIMIT :most
        """.formatted(NOTHING_UNDER_WAY);

    private static final String NEXT_DUE = """
        SELECT min(least(stage_until, remind_at, next_attempt_at)) AS next FROM dunning_case
        WHERE closed_at IS NULL AND %s
        """.formatted(NOTHING_UNDER_WAY);

    private static final String SAVE = """
        INSERT INTO dunning_case
        SELECT * FROM json_populate_recordset(CAST(NULL AS dunning_case), CAST(:rows AS json))
        ON CONFLICT (invoice_id) DO UPDATE
        SET stage = excluded.stage, stage_until = excluded.stage_until, declines = excluded.declines,
            waits_for_method = excluded.waits_for_method, remind_at = excluded.remind_at,
            next_attempt_at = excluded.next_attempt_at, next_occasion = excluded.next_occasion,
            closed_at = excluded.closed_at
        """;

    /** Held in one order everywhere, so that no two wait for each other. */
    private static final String PUT_OFF = """
        UPDATE dunning_case
        SET stage_until = stage_until + lasted, remind_at = remind_at + lasted, next_attempt_at = next_attempt_at + lasted
        FROM (SELECT invoice_id AS held, :millis * interval '1 millisecond' AS lasted FROM dunning_case
              WHERE closed_at IS NULL ORDER BY invoice_id FOR UPDATE) AS open
        WHERE invoice_id = held AND closed_at IS NULL
        """;

    /** Of its own, because what is stored must not follow a setting of the web layer. */
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final TenantClocks clocks;

    JdbcDunningCases(JdbcClient jdbc, TenantClocks clocks) {
        this.jdbc = jdbc;
        this.clocks = clocks;
    }

    @Override
    public List<Decline> takeUnjudged(int following, Instant latest, int most) {
        return jdbc.sql(TAKE_UNJUDGED)
                .param("following", following)
                .param("latest", utc(latest))
                .param("most", most)
                .query((row, _) -> new Decline(
                        new ChargeId(row.getObject("charge_id", UUID.class)),
                        new InvoiceId(row.getObject("invoice_id", UUID.class)),
                        row.getString("failure_code"),
                        Remedy.valueOf(row.getString("remedy"))))
                .list();
    }

    @Override
    public List<InvoiceId> withoutMethod(int most) {
        return jdbc.sql(WITHOUT_METHOD)
                .param("most", most)
                .query((row, _) -> new InvoiceId(row.getObject("id", UUID.class)))
                .list();
    }

    @Override
    public void judged(Collection<ChargeId> counted, Collection<ChargeId> uncounted, Instant now) {
        jdbc.sql(JUDGED)
                .param("now", utc(now))
                .param("counted", ids(counted, ChargeId::value))
                .param("uncounted", ids(uncounted, ChargeId::value))
                .update();
    }

    @Override
    public List<DunningCase> hold(Collection<InvoiceId> invoices) {
        return jdbc.sql(SELECT + "WHERE invoice_id = ANY(:invoices) ORDER BY invoice_id FOR UPDATE")
                .param("invoices", ids(invoices, InvoiceId::value))
                .query(JdbcDunningCases::found)
                .list();
    }

    @Override
    public List<DunningCase> holdOpen(Collection<SubscriptionId> subscriptions) {
        return jdbc.sql(SELECT + """
                WHERE subscription_id = ANY(:subscriptions) AND closed_at IS NULL ORDER BY invoice_id FOR UPDATE
                """)
                .param("subscriptions", ids(subscriptions, SubscriptionId::value))
                .query(JdbcDunningCases::found)
                .list();
    }

    @Override
    public List<InvoiceId> due(Instant now, int most) {
        return MovedTenants.statement(jdbc, DUE, "dunning_case.tenant_id", clocks, now)
                .param("most", most)
                .query((row, _) -> new InvoiceId(row.getObject("invoice_id", UUID.class)))
                .list();
    }

    @Override
    public Optional<Instant> nextDue() {
        return jdbc.sql(NEXT_DUE)
                .query((row, _) -> Stream.ofNullable(instant(row, "next")).findFirst())
                .single();
    }

    @Override
    public void save(Collection<DunningCase> cases) {
        if (!cases.isEmpty()) {
            jdbc.sql(SAVE)
                    .param(
                            "rows",
                            JSON.writeValueAsString(cases.stream().map(Row::of).toList()))
                    .update();
        }
    }

    @Override
    public void putOff(Duration by) {
        jdbc.sql(PUT_OFF).param("millis", by.toMillis()).update();
    }

    @Override
    public List<DunningCase> of(TenantId tenant, int most) {
        return jdbc.sql(SELECT + "WHERE tenant_id = :tenant ORDER BY opened_at DESC, invoice_id LIMIT :most")
                .param("tenant", tenant.value())
                .param("most", most)
                .query(JdbcDunningCases::found)
                .list();
    }

    private static DunningCase found(ResultSet row, int number) throws SQLException {
        String occasion = row.getString("next_occasion");
        return new DunningCase(
                new InvoiceId(row.getObject("invoice_id", UUID.class)),
                new SubscriptionId(row.getObject("subscription_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                DunningStage.valueOf(row.getString("stage")),
                instant(row, "stage_until"),
                row.getInt("declines"),
                row.getBoolean("waits_for_method"),
                instant(row, "remind_at"),
                instant(row, "next_attempt_at"),
                occasion == null ? null : Occasion.valueOf(occasion),
                Objects.requireNonNull(instant(row, "opened_at")),
                instant(row, "closed_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static <T> UUID[] ids(Collection<T> rows, Function<T, UUID> id) {
        return rows.stream().map(id).toArray(UUID[]::new);
    }

    /** A row as this service writes it; the names are those of the columns. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record Row(
            UUID invoiceId,
            UUID subscriptionId,
            String tenantId,
            String stage,
            @Nullable Instant stageUntil,
            int declines,
            boolean waitsForMethod,
            @Nullable Instant remindAt,
            @Nullable Instant nextAttemptAt,
            @Nullable String nextOccasion,
            Instant openedAt,
            @Nullable Instant closedAt) {

        static Row of(DunningCase one) {
            Occasion occasion = one.nextOccasion();
            return new Row(
                    one.invoice().value(),
                    one.subscription().value(),
                    one.tenant().value(),
                    one.stage().name(),
                    one.stageUntil(),
                    one.declines(),
                    one.waitsForMethod(),
                    one.remindAt(),
                    one.nextAttemptAt(),
                    occasion == null ? null : occasion.name(),
                    one.openedAt(),
                    one.closedAt());
        }
    }
}
