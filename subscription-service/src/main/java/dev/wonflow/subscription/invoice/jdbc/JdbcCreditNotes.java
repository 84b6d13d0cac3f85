package dev.wonflow.subscription.invoice.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.invoice.CreditNote;
import dev.wonflow.subscription.invoice.CreditNotes;
import dev.wonflow.subscription.invoice.DocumentNumber;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.invoice.InvoicePayment;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code credit_note}. */
@Component
class JdbcCreditNotes implements CreditNotes {

    private static final String INSERT = """
        INSERT INTO credit_note (id, year, number, invoice_id, tenant_id, payment_id, amount_won, vat_won, reason,
                                 issued_at)
        VALUES (:id, :year, :number, :invoice, :tenant, :payment, :amount, :vat, :reason, :at)
        """;

    private static final String TAKE_NUMBER = """
        INSERT INTO document_number AS d (kind, year, last) VALUES ('CREDIT_NOTE', :year, 1)
        ON CONFLICT (kind, year) DO UPDATE SET last = d.last + 1
        RETURNING last
        """;

    private final JdbcClient jdbc;

    JdbcCreditNotes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(CreditNote note, Invoice invoice) {
        InvoicePayment payment = Objects.requireNonNull(invoice.payment());
        jdbc.sql(INSERT)
                .param("id", note.id())
                .param("year", note.number().year())
                .param("number", note.number().number())
                .param("invoice", invoice.id().value())
                .param("tenant", invoice.tenantId().value())
                .param("payment", payment.paymentId())
                .param("amount", note.amount().won())
                .param("vat", note.vat().won())
                .param("reason", note.reason())
                .param("at", note.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public List<CreditNote> newestFirst(TenantId tenant, @Nullable Place after, int most) {
        String place = after == null ? "" : " AND (issued_at, id) < (:at, :id)";
        JdbcClient.StatementSpec select = jdbc.sql("SELECT * FROM credit_note WHERE tenant_id = :tenant" + place
                        + " ORDER BY issued_at DESC, id DESC LIMIT :most")
                .param("tenant", tenant.value())
                .param("most", most);
        if (after != null) {
            select.param("at", after.at().atOffset(ZoneOffset.UTC)).param("id", after.id());
        }
        return select.query((row, _) -> new CreditNote(
                        row.getObject("id", UUID.class),
                        new DocumentNumber(row.getInt("year"), row.getLong("number")),
                        new InvoiceId(row.getObject("invoice_id", UUID.class)),
                        Money.ofWon(row.getLong("amount_won")),
                        Money.ofWon(row.getLong("vat_won")),
                        row.getString("reason"),
                        row.getObject("issued_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    @Override
    public DocumentNumber takeNumber(int year) {
        return new DocumentNumber(
                year,
                jdbc.sql(TAKE_NUMBER).param("year", year).query(Long.class).single());
    }
}
