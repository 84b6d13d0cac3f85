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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Cases in PostgreSQL. */
@Component
class JdbcReconciliationCases implements ReconciliationCases {

    private static final int MAX_EVIDENCE = 2_000;

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
    private static final String FORGET_FINDINGS = "DELETE FROM reconciliation_finding WHERE case_id = :case";
    private static final String FIND = """
        INSERT INTO reconciliation_finding (case_id, number, difference, evidence)
        SELECT :case, number, difference, evidence
        FROM unnest(CAST(:differences AS text[]), CAST(:evidences AS text[])) WITH ORDINALITY
            AS found (difference, evidence, number)
        """;
    private static final String LIST = """
        SELECT open.id, order_id, payment_id, difference, evidence
        FROM (SELECT * FROM reconciliation_case WHERE closed_at IS NULL ORDER BY opened_at, id LIMIT :limit) AS open
        JOIN reconciliation_finding ON case_id = open.id
        ORDER BY opened_at, open.id, number
        """;

    private final JdbcClient jdbc;
    private final IdSource ids;

    JdbcReconciliationCases(JdbcClient jdbc, IdSource ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    @Override
    public void note(Collection<OrderId> compared, List<ReconciliationCase> found, Instant now) {
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
        jdbc.sql(FORGET_FINDINGS).param("case", id).update();
        jdbc.sql(FIND)
                .param("case", id)
                .param(
                        "differences",
                        found.findings().stream()
                                .map(finding -> finding.difference().name())
                                .toArray(String[]::new))
                .param(
                        "evidences",
                        found.findings().stream()
                                .map(finding -> Objects.requireNonNull(Text.cut(finding.evidence(), MAX_EVIDENCE)))
                                .toArray(String[]::new))
                .update();
    }

    @Override
    public List<ReconciliationCase> open(int limit) {
        List<Row> rows = jdbc.sql(LIST)
                .param("limit", limit)
                .query(JdbcReconciliationCases::row)
                .list();
        List<ReconciliationCase> cases = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            findings.add(row.finding());
            if (i + 1 == rows.size() || !rows.get(i + 1).id().equals(row.id())) {
                cases.add(new ReconciliationCase(row.orderId(), row.paymentId(), findings));
                findings.clear();
            }
        }
        return List.copyOf(cases);
    }

    private record Row(UUID id, OrderId orderId, @Nullable PaymentId paymentId, Finding finding) {}

    private static Row row(ResultSet row, int rowNumber) throws SQLException {
        UUID payment = row.getObject("payment_id", UUID.class);
        return new Row(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                new OrderId(row.getString("order_id")),
                payment == null ? null : new PaymentId(payment),
                new Finding(Difference.valueOf(row.getString("difference")), row.getString("evidence")));
    }
}
