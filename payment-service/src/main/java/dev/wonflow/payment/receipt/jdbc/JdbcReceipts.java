package dev.wonflow.payment.receipt.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.receipt.CashReceipt;
import dev.wonflow.payment.receipt.ReceiptRequestId;
import dev.wonflow.payment.receipt.Receipts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Cash receipts in PostgreSQL. */
@Component
class JdbcReceipts implements Receipts {

    private static final String SELECT = """
        SELECT payment_id, receipt_key, transaction_type, receipt_type, amount_won, tax_free_won, issue_number,
               receipt_url, issue_status, failure_code, failure_reason, requested_at, requested_by, changed_at
        FROM payment_cash_receipt
        """;

    private static final String OF_PAYMENT =
            SELECT + "WHERE payment_id = :payment ORDER BY requested_at, transaction_type DESC, receipt_key";

    private static final String OPEN = SELECT + """
        WHERE issue_status = 'IN_PROGRESS' AND requested_by IS NOT NULL
          AND requested_at >= :from AND requested_at < :until
        ORDER BY requested_at, receipt_key
        """;

    private static final String SAVE = """
        INSERT INTO payment_cash_receipt (payment_id, receipt_key, requested_at, transaction_type, receipt_type,
            amount_won, tax_free_won, issue_number, receipt_url, issue_status, failure_code, failure_reason,
            requested_by, changed_at)
        VALUES (:payment, :key, :requestedAt, :kind, :type, :amount, :taxFree, :issueNumber, :receiptUrl, :status,
            :failureCode, :failureReason, :requestedBy, :changedAt)
        ON CONFLICT (payment_id, receipt_key, requested_at) DO UPDATE
        SET amount_won = excluded.amount_won, tax_free_won = excluded.tax_free_won,
            issue_number = excluded.issue_number, receipt_url = excluded.receipt_url,
            issue_status = excluded.issue_status, failure_code = excluded.failure_code,
            failure_reason = excluded.failure_reason, changed_at = excluded.changed_at
        """;

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final JdbcClient jdbc;

    JdbcReceipts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<CashReceipt> of(PaymentId id) {
        return jdbc.sql(OF_PAYMENT)
                .param("payment", id.value())
                .query(JdbcReceipts::receipt)
                .list();
    }

    @Override
    public List<CashReceipt> openOf(LocalDate day) {
        return jdbc.sql(OPEN)
                .param("from", utc(day.atStartOfDay(SEOUL).toInstant()))
                .param("until", utc(day.plusDays(1).atStartOfDay(SEOUL).toInstant()))
                .query(JdbcReceipts::receipt)
                .list();
    }

    @Override
    public void save(CashReceipt receipt) {
        GatewayReceipt told = receipt.told();
        jdbc.sql(SAVE)
                .param("payment", receipt.paymentId().value())
                .param("key", told.receiptKey())
                .param("requestedAt", utc(told.requestedAt()))
                .param("kind", told.kind().name())
                .param("type", told.type())
                .param("amount", told.amount().won())
                .param("taxFree", told.taxFree().won())
                .param("issueNumber", told.issueNumber(), Types.VARCHAR)
                .param("receiptUrl", told.receiptUrl(), Types.VARCHAR)
                .param("status", told.status() == null ? null : told.status().name(), Types.VARCHAR)
                .param("failureCode", told.failureCode(), Types.VARCHAR)
                .param("failureReason", told.failureReason(), Types.VARCHAR)
                .param(
                        "requestedBy",
                        receipt.requestedBy() == null
                                ? null
                                : receipt.requestedBy().value(),
                        Types.OTHER)
                .param("changedAt", utc(receipt.changedAt()))
                .update();
    }

    private static CashReceipt receipt(ResultSet row, int rowNumber) throws SQLException {
        String status = row.getString("issue_status");
        UUID requestedBy = row.getObject("requested_by", UUID.class);
        return new CashReceipt(
                new PaymentId(row.getObject("payment_id", UUID.class)),
                new GatewayReceipt(
                        row.getString("receipt_key"),
                        GatewayReceipt.Kind.valueOf(row.getString("transaction_type")),
                        row.getString("receipt_type"),
                        Money.ofWon(row.getLong("amount_won")),
                        Money.ofWon(row.getLong("tax_free_won")),
                        row.getString("issue_number"),
                        row.getString("receipt_url"),
                        status == null ? null : GatewayReceipt.Status.valueOf(status),
                        row.getString("failure_code"),
                        row.getString("failure_reason"),
                        instant(row, "requested_at")),
                requestedBy == null ? null : new ReceiptRequestId(requestedBy),
                instant(row, "changed_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
