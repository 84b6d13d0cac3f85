package dev.wonflow.subscription.taxinvoice.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.taxinvoice.Evidence;
import dev.wonflow.subscription.taxinvoice.SupplyAndTax;
import dev.wonflow.subscription.taxinvoice.TaxInvoice;
import dev.wonflow.subscription.taxinvoice.TaxInvoices;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** The tables {@code tax_invoice} and {@code payment_evidence}. */
@Component
class JdbcTaxInvoices implements TaxInvoices {

    private static final String ADD = """
        INSERT INTO tax_invoice
        SELECT * FROM json_populate_recordset(CAST(NULL AS tax_invoice), CAST(:rows AS json))
        ON CONFLICT (id) DO NOTHING
        """;

    private static final String NOTE = """
        INSERT INTO payment_evidence AS known (payment_id, method, cash_receipt)
        VALUES (:payment, :method, :cashReceipt)
        ON CONFLICT (payment_id) DO UPDATE
        SET method = coalesce(excluded.method, known.method),
            cash_receipt = coalesce(excluded.cash_receipt, known.cash_receipt)
        """;

    private static final String OF_TENANT = """
        SELECT t.*, e.method, e.cash_receipt
        FROM tax_invoice t LEFT JOIN payment_evidence e USING (payment_id)
        WHERE t.tenant_id = :tenant
          AND (CAST(:at AS timestamptz) IS NULL OR (t.created_at, t.id) < (:at, CAST(:id AS uuid)))
        ORDER BY t.created_at DESC, t.id DESC
        LIMIT :limit
        """;

    /** What is due of what is in the page is decided by {@link Evidence}; the condition says the same of all rows. */
    private static final String DUE = """
        SELECT t.*, p.business_number, p.branch, p.company_name, p.representative, p.address, p.business_type,
               p.business_item, p.email, o.written_on AS original_written_on, o.number AS original_number,
               (SELECT sum(a.supply_won + a.vat_won + a.tax_free_won) FROM tax_invoice a
                WHERE a.invoice_id = t.invoice_id AND a.amended) AS taken_away,
               o.supply_won + o.vat_won + o.tax_free_won AS original_won
        FROM tax_invoice t
        JOIN tax_profile p USING (tenant_id)
        JOIN payment_evidence e USING (payment_id)
        JOIN tax_invoice o ON o.id = t.invoice_id
        WHERE t.amended = :amended AND t.livemode = :livemode
          AND t.written_on BETWEEN :first AND :last
          AND e.method IN ('계좌이체', '가상계좌') AND e.cash_receipt IS NOT TRUE
          AND t.supply_won > 0
        ORDER BY t.written_on, t.id
        LIMIT :limit OFFSET :from
        """;

    /** Of its own, because what is stored must not follow a setting of the web layer. */
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;

    JdbcTaxInvoices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(List<TaxInvoice> taxInvoices) {
        jdbc.sql(ADD)
                .param(
                        "rows",
                        JSON.writeValueAsString(
                                taxInvoices.stream().map(Row::of).toList()))
                .update();
    }

    @Override
    public void note(String paymentId, @Nullable String method, @Nullable Boolean cashReceipt) {
        jdbc.sql(NOTE)
                .param("payment", paymentId)
                .param("method", method, Types.VARCHAR)
                .param("cashReceipt", cashReceipt, Types.BOOLEAN)
                .update();
    }

    @Override
    public List<WithEvidence> of(TenantId tenant, @Nullable Place after, int limit) {
        return jdbc.sql(OF_TENANT)
                .param("tenant", tenant.value())
                .param("at", after == null ? null : utc(after.createdAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("id", after == null ? null : after.id(), Types.OTHER)
                .param("limit", limit)
                .query((row, _) -> new WithEvidence(
                        taxInvoice(row),
                        Evidence.of(
                                row.getBoolean("by_billing_method"),
                                row.getString("method"),
                                row.getBoolean("cash_receipt"))))
                .list();
    }

    @Override
    public List<Due> due(YearMonth month, boolean amended, boolean livemode, int from, int limit) {
        return jdbc.sql(DUE)
                .param("amended", amended)
                .param("livemode", livemode)
                .param("first", month.atDay(1))
                .param("last", month.atEndOfMonth())
                .param("from", from)
                .param("limit", limit)
                .query((row, _) -> new Due(taxInvoice(row), JdbcTaxProfiles.profile(row), original(row)))
                .list();
    }

    private static @Nullable Original original(ResultSet row) throws SQLException {
        return row.getBoolean("amended")
                ? new Original(
                        row.getObject("original_written_on", LocalDate.class),
                        row.getString("original_number"),
                        row.getLong("taken_away") == row.getLong("original_won"))
                : null;
    }

    private static TaxInvoice taxInvoice(ResultSet row) throws SQLException {
        return new TaxInvoice(
                row.getObject("id", UUID.class),
                row.getObject("invoice_id", UUID.class),
                new TenantId(row.getString("tenant_id")),
                row.getBoolean("amended"),
                row.getObject("written_on", LocalDate.class),
                new SupplyAndTax(
                        Money.ofWon(row.getLong("supply_won")),
                        Money.ofWon(row.getLong("vat_won")),
                        Money.ofWon(row.getLong("tax_free_won"))),
                row.getString("item"),
                row.getString("number"),
                row.getBoolean("by_billing_method"),
                row.getString("payment_id"),
                row.getBoolean("livemode"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    /** A row as it is written; the names are those of the columns. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record Row(
            UUID id,
            UUID invoiceId,
            String tenantId,
            boolean amended,
            LocalDate writtenOn,
            long supplyWon,
            long vatWon,
            long taxFreeWon,
            String item,
            String number,
            boolean byBillingMethod,
            @Nullable String paymentId,
            boolean livemode,
            Instant createdAt) {

        static Row of(TaxInvoice invoice) {
            return new Row(
                    invoice.id(),
                    invoice.invoiceId(),
                    invoice.tenant().value(),
                    invoice.amended(),
                    invoice.writtenOn(),
                    invoice.amounts().supply().won(),
                    invoice.amounts().vat().won(),
                    invoice.amounts().taxFree().won(),
                    invoice.item(),
                    invoice.number(),
                    invoice.byBillingMethod(),
                    invoice.paymentId(),
                    invoice.livemode(),
                    invoice.createdAt());
        }
    }
}
