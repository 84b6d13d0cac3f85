package dev.wonflow.payment.reconciliation.jdbc;

import static java.util.stream.Collectors.toSet;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.reconciliation.Difference;
import dev.wonflow.payment.reconciliation.ReconciliationCase;
import dev.wonflow.payment.reconciliation.ReconciliationCase.Finding;
import dev.wonflow.payment.reconciliation.ReconciliationCases;
import dev.wonflow.runtime.IdSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Cases in PostgreSQL. */
@Component
class JdbcReconciliationCases implements ReconciliationCases {

    private static final int MAX_EVIDENCE = 2_000;

    /** Later than any case. */
    private static final Place END = new Place(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

    private static final String CLOSE = """
        UPDATE reconciliation_case SET closed_at = :now
        WHERE closed_at IS NULL AND order_id = ANY (CAST(:agreeing AS text[]))
        """;
    private static final String OPEN = """
        INSERT INTO reconciliation_case AS known (id, order_id, payment_id, opened_at, seen_at)
        VALUES (:id, :order, :payment, :now, :now)
        ON CONFLICT (order_id) WHERE closed_at IS NULL
        DO UPDATE SET seen_at = excluded.seen_at, payment_id = coalesce(excluded.payment_id, known.payment_id)
        RETURNING id
        """;
    private static final String FORGET_EXPLANATION =
            "UPDATE reconciliation_case SET explanation = NULL, explained_by = NULL WHERE id = :case";
    private static final String FORGET_FINDINGS = "DELETE FROM reconciliation_finding WHERE case_id = :case";
    private static final String FIND = """
        INSERT INTO reconciliation_finding (case_id, number, difference, evidence)
        SELECT :case, number, difference, evidence
        FROM unnest(CAST(:differences AS text[]), CAST(:evidences AS text[])) WITH ORDINALITY
            AS found (difference, evidence, number)
        """;
    private static final String EXPLAINED = """
        SELECT order_id FROM reconciliation_case
        WHERE closed_at IS NULL AND explanation IS NOT NULL AND order_id = ANY (CAST(:orders AS text[]))
        """;
    private static final String PAGE = """
        SELECT chosen.*, difference, evidence
        FROM (SELECT * FROM reconciliation_case WHERE (opened_at, id) < (:openedAt, :id)
              ORDER BY opened_at DESC, id DESC LIMIT :limit) AS chosen
        JOIN reconciliation_finding ON case_id = chosen.id
        ORDER BY opened_at DESC, chosen.id DESC, number
        """;
    private static final String ONE = """
        SELECT chosen.*, difference, evidence
        FROM reconciliation_case AS chosen JOIN reconciliation_finding ON case_id = chosen.id
        WHERE chosen.id = :id ORDER BY number
        """;
    private static final String HOLD = "SELECT id FROM reconciliation_case WHERE id = :id FOR UPDATE";
    /** Who holds a case may go on to hold its payment, and who asks for this holds the payment. */
    private static final String HOLD_OPEN =
            "SELECT id FROM reconciliation_case WHERE order_id = :order AND closed_at IS NULL FOR UPDATE SKIP LOCKED";

    private static final String EXPLAIN = """
        UPDATE reconciliation_case SET explanation = :explanation, explained_by = :by
        WHERE id = :id AND closed_at IS NULL
        """;

    private static final String CORRECT = "UPDATE reconciliation_case SET correction_won = :won WHERE id = :id";

    private final JdbcClient jdbc;
    private final IdSource ids;

    JdbcReconciliationCases(JdbcClient jdbc, IdSource ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    @Override
    public List<ReconciliationCase> note(Collection<OrderId> compared, List<ReconciliationCase> found, Instant now) {
        Set<OrderId> differing = found.stream().map(ReconciliationCase::orderId).collect(toSet());
        String[] agreeing = compared.stream()
                .filter(order -> !differing.contains(order))
                .map(OrderId::value)
                .toArray(String[]::new);
        jdbc.sql(CLOSE)
                .param("agreeing", agreeing)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        found.forEach(open -> note(open, now));
        return withoutExplanation(found);
    }

    private List<ReconciliationCase> withoutExplanation(List<ReconciliationCase> found) {
        Set<OrderId> explained = jdbc.sql(EXPLAINED)
                .param(
                        "orders",
                        found.stream().map(open -> open.orderId().value()).toArray(String[]::new))
                .query((row, _) -> new OrderId(row.getString("order_id")))
                .set();
        return found.stream()
                .filter(open -> !explained.contains(open.orderId()))
                .toList();
    }

    private void note(ReconciliationCase found, Instant now) {
        PaymentId payment = found.paymentId();
        UUID id = jdbc.sql(OPEN)
                .param("id", ids.next())
                .param("order", found.orderId().value())
                .param("payment", payment == null ? null : payment.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(UUID.class)
                .single();
        List<Finding> findings = found.findings().stream()
                .map(finding -> new Finding(
                        finding.difference(), Objects.requireNonNull(Text.cut(finding.evidence(), MAX_EVIDENCE))))
                .toList();
        if (find(id).filter(known -> known.found().findings().equals(findings)).isPresent()) {
            return;
        }
        jdbc.sql(FORGET_EXPLANATION).param("case", id).update();
        jdbc.sql(FORGET_FINDINGS).param("case", id).update();
        jdbc.sql(FIND)
                .param("case", id)
                .param(
                        "differences",
                        findings.stream()
                                .map(finding -> finding.difference().name())
                                .toArray(String[]::new))
                .param("evidences", findings.stream().map(Finding::evidence).toArray(String[]::new))
                .update();
    }

    @Override
    public List<Kept> newestFirst(@Nullable Place before, int limit) {
        Place from = before == null ? END : before;
        return kept(jdbc.sql(PAGE)
                .param("openedAt", from.openedAt().atOffset(ZoneOffset.UTC))
                .param("id", from.id())
                .param("limit", limit)
                .query(JdbcReconciliationCases::row)
                .list());
    }

    @Override
    public Optional<Kept> find(UUID id) {
        return kept(jdbc.sql(ONE)
                        .param("id", id)
                        .query(JdbcReconciliationCases::row)
                        .list())
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Kept> findAndHold(UUID id) {
        // On its own, since what is read beside a lock may be older than what the lock has waited for.
        return jdbc.sql(HOLD).param("id", id).query(UUID.class).optional().flatMap(this::find);
    }

    @Override
    public Optional<Kept> findAndHoldOpen(OrderId orderId) {
        return jdbc.sql(HOLD_OPEN)
                .param("order", orderId.value())
                .query(UUID.class)
                .optional()
                .flatMap(this::find);
    }

    @Override
    public boolean explain(UUID id, String explanation, String by) {
        return jdbc.sql(EXPLAIN)
                        .param("id", id)
                        .param("explanation", explanation)
                        .param("by", by)
                        .update()
                == 1;
    }

    @Override
    public void correct(UUID id, long won) {
        jdbc.sql(CORRECT).param("id", id).param("won", won).update();
    }

    /** One row for each finding, those of a case next to each other. */
    private static List<Kept> kept(List<Kept> rows) {
        Map<UUID, Kept> cases = new LinkedHashMap<>();
        rows.forEach(row -> cases.merge(row.id(), row, JdbcReconciliationCases::together));
        return List.copyOf(cases.values());
    }

    private static Kept together(Kept one, Kept more) {
        List<Finding> findings = Stream.concat(one.found().findings().stream(), more.found().findings().stream())
                .toList();
        return new Kept(
                one.id(),
                new ReconciliationCase(one.found().orderId(), one.found().paymentId(), findings),
                one.openedAt(),
                one.seenAt(),
                one.closedAt(),
                one.explanation(),
                one.explainedBy(),
                one.correctionWon());
    }

    private static Kept row(ResultSet row, int rowNumber) throws SQLException {
        UUID payment = row.getObject("payment_id", UUID.class);
        Finding finding = new Finding(Difference.valueOf(row.getString("difference")), row.getString("evidence"));
        return new Kept(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                new ReconciliationCase(
                        new OrderId(row.getString("order_id")),
                        payment == null ? null : new PaymentId(payment),
                        List.of(finding)),
                Objects.requireNonNull(instant(row, "opened_at")),
                Objects.requireNonNull(instant(row, "seen_at")),
                instant(row, "closed_at"),
                row.getString("explanation"),
                row.getString("explained_by"),
                row.getObject("correction_won", Long.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
