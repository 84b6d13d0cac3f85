package dev.wonflow.payment.reconciliation.jdbc;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.payment.ledger.LedgerEntry;
import dev.wonflow.payment.reconciliation.DayReport;
import dev.wonflow.payment.reconciliation.ReconciliationDays;
import dev.wonflow.runtime.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The closed days in PostgreSQL. */
@Component
class JdbcReconciliationDays implements ReconciliationDays {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    /** Later than any day. */
    private static final Place END = new Place(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

    private static final String LAST_HASH = "SELECT hash FROM reconciliation_day ORDER BY day DESC LIMIT 1";

    private static final String FIGURES = """
        WITH moved AS (
            SELECT order_id, kind, abs(ledger_posting.amount_won) AS won
            FROM ledger_entry JOIN payment ON payment.id = payment_id JOIN ledger_posting ON entry_id = ledger_entry.id
            WHERE happened_at >= :start AND happened_at < :end AND reference IS NULL AND account = 'PG_RECEIVABLE'
                AND payment.livemode = :livemode
        ), sold AS (
            SELECT order_id, CASE WHEN back THEN -1 ELSE 1 END AS sign, amount_won, fee_won, vat_won, pay_out_won
            FROM toss_settlement WHERE sold_on = :day
        )
        SELECT (SELECT count(*) FROM (SELECT order_id FROM moved UNION SELECT order_id FROM sold) AS orders) AS orders,
            coalesce(sum(won) FILTER (WHERE kind = 'CAPTURED'), 0) AS captured,
            coalesce(sum(won) FILTER (WHERE kind = 'REVERSED'), 0) AS reversed,
            coalesce(sum(won) FILTER (WHERE kind = 'REFUNDED'), 0) AS refunded,
            (SELECT coalesce(sum(sign * amount_won), 0) FROM sold) AS settled,
            (SELECT coalesce(sum(sign * fee_won), 0) FROM sold) AS fees,
            (SELECT coalesce(sum(sign * vat_won), 0) FROM sold) AS vat,
            (SELECT coalesce(sum(sign * pay_out_won), 0) FROM sold) AS payouts
        FROM moved
        """;

    /** A day that the version before has closed in one step, from before this one went on, is over. */
    private static final String CLOSING = """
        SELECT closing FROM reconciliation_turn
        WHERE closing IS NOT NULL AND NOT EXISTS (SELECT FROM reconciliation_day WHERE day >= closing)
        """;

    /** Never back: an instance that comes to a day another has closed would take the next one from it. */
    private static final String BEGIN_CLOSING = """
        UPDATE reconciliation_turn SET closing = :day
        WHERE NOT EXISTS (SELECT FROM reconciliation_day WHERE day >= :day)
        """;

    private static final String CLOSE = """
        INSERT INTO reconciliation_day (id, day, livemode, orders, captured_won, reversed_won, refunded_won, settled_won,
                                        fees_won, vat_won, payouts_won, previous_hash, hash, closed_at)
        VALUES (:id, :day, :livemode, :orders, :captured, :reversed, :refunded, :settled, :fees, :vat, :payouts,
                :previousHash, :hash, :closedAt)
        """;

    private static final String UNSETTLED = """
        SELECT payment.id AS payment_id, version, tenant_id, livemode, line.*
        FROM toss_settlement AS line JOIN payment USING (order_id)
        WHERE sold_on = :day AND payment.livemode = :livemode AND line.amount_won + fee_won + vat_won > 0
            AND NOT EXISTS (SELECT FROM ledger_entry WHERE reference = transaction_key AND kind = 'SETTLED')
            AND NOT EXISTS (
                SELECT FROM ledger_entry, reconciliation_turn WHERE payment_id = payment.id AND happened_at < begins_at)
        ORDER BY payment.id, line.id
        LIMIT :limit
        FOR SHARE OF payment
        """;

    private static final String UNPAID = """
        SELECT payment.id AS payment_id, payment.version, payment.tenant_id, payment.livemode, line.*
        FROM ledger_entry AS settled
            JOIN payment ON payment.id = settled.payment_id
            JOIN toss_settlement AS line ON line.transaction_key = settled.reference
        WHERE settled.kind = 'SETTLED' AND paid_out_on <= :day AND pay_out_won <> 0
            AND NOT EXISTS (
                SELECT FROM ledger_entry AS paid WHERE paid.reference = settled.reference AND paid.kind = 'PAID_OUT')
        ORDER BY payment.id, line.id
        LIMIT :limit
        FOR SHARE OF payment
        """;

    private static final String PAGE = """
        SELECT * FROM reconciliation_day WHERE (closed_at, id) < (:closedAt, :id)
        ORDER BY closed_at DESC, id DESC LIMIT :limit
        """;

    private final JdbcClient jdbc;
    private final Merchant merchant;

    JdbcReconciliationDays(JdbcClient jdbc, Merchant merchant) {
        this.jdbc = jdbc;
        this.merchant = merchant;
    }

    @Override
    public void takeStep() {
        jdbc.sql("SELECT FROM reconciliation_turn FOR UPDATE")
                .query((_, _) -> true)
                .list();
    }

    @Override
    public String lastHash() {
        return jdbc.sql(LAST_HASH).query(String.class).optional().orElse(DayReport.NONE);
    }

    @Override
    public DayReport.Figures figures(LocalDate day) {
        return jdbc.sql(FIGURES)
                .param("day", day)
                .param("start", day.atStartOfDay(SEOUL).toOffsetDateTime())
                .param("end", day.plusDays(1).atStartOfDay(SEOUL).toOffsetDateTime())
                .param("livemode", merchant.livemode())
                .query((row, _) -> figures(row, ""))
                .single();
    }

    @Override
    public Optional<LocalDate> closing() {
        return jdbc.sql(CLOSING).query(LocalDate.class).optional();
    }

    @Override
    public void beginClosing(LocalDate day) {
        jdbc.sql(BEGIN_CLOSING).param("day", day).update();
    }

    @Override
    public void close(DayReport report) {
        DayReport.Figures figures = report.figures();
        jdbc.sql(CLOSE)
                .param("id", report.id())
                .param("day", report.day())
                .param("livemode", report.livemode())
                .param("orders", figures.orders())
                .param("captured", figures.captured())
                .param("reversed", figures.reversed())
                .param("refunded", figures.refunded())
                .param("settled", figures.settled())
                .param("fees", figures.fees())
                .param("vat", figures.vat())
                .param("payouts", figures.payouts())
                .param("previousHash", report.previousHash())
                .param("hash", report.hash())
                .param("closedAt", report.closedAt().atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("UPDATE reconciliation_turn SET closing = NULL").update();
    }

    @Override
    public List<Due> unsettled(LocalDate day, int limit) {
        return once(jdbc.sql(UNSETTLED)
                .param("day", day)
                .param("limit", limit)
                .param("livemode", merchant.livemode())
                .query(JdbcReconciliationDays::due)
                .list());
    }

    @Override
    public List<Due> unpaid(LocalDate day, int limit) {
        return once(jdbc.sql(UNPAID)
                .param("day", day)
                .param("limit", limit)
                .query(JdbcReconciliationDays::due)
                .list());
    }

    /** What Toss has settled twice, as a case says, is posted once. */
    private static List<Due> once(List<Due> lines) {
        Map<String, Due> byTransaction = new LinkedHashMap<>();
        lines.forEach(due -> byTransaction.putIfAbsent(due.line().transactionKey(), due));
        return List.copyOf(byTransaction.values());
    }

    @Override
    public List<DayReport> newestFirst(@Nullable Place before, int limit) {
        Place from = before == null ? END : before;
        return jdbc.sql(PAGE)
                .param("closedAt", from.closedAt().atOffset(ZoneOffset.UTC))
                .param("id", from.id())
                .param("limit", limit)
                .query(JdbcReconciliationDays::report)
                .list();
    }

    private static Due due(ResultSet row, int rowNumber) throws SQLException {
        LedgerEntry.Source source = new LedgerEntry.Source(
                new PaymentId(Objects.requireNonNull(row.getObject("payment_id", UUID.class))),
                row.getLong("version"),
                new TenantId(row.getString("tenant_id")),
                row.getBoolean("livemode"));
        return new Due(source, SettlementRow.read(row));
    }

    private static DayReport report(ResultSet row, int rowNumber) throws SQLException {
        return new DayReport(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                Objects.requireNonNull(row.getObject("day", LocalDate.class)),
                row.getBoolean("livemode"),
                figures(row, "_won"),
                row.getString("previous_hash"),
                row.getObject("closed_at", OffsetDateTime.class).toInstant());
    }

    private static DayReport.Figures figures(ResultSet row, String suffix) throws SQLException {
        return new DayReport.Figures(
                row.getLong("orders"),
                row.getLong("captured" + suffix),
                row.getLong("reversed" + suffix),
                row.getLong("refunded" + suffix),
                row.getLong("settled" + suffix),
                row.getLong("fees" + suffix),
                row.getLong("vat" + suffix),
                row.getLong("payouts" + suffix));
    }
}
