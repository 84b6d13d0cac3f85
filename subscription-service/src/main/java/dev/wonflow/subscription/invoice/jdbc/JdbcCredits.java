package dev.wonflow.subscription.invoice.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.invoice.CreditEntry;
import dev.wonflow.subscription.invoice.Credits;
import dev.wonflow.subscription.invoice.InvoiceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Credit in the tables {@code credit_entry} and {@code credit_balance}; the second follows from the first. */
@Component
class JdbcCredits implements Credits {

    private static final String INSERT = """
        INSERT INTO credit_entry (id, tenant_id, product, kind, amount_won, invoice_id, reason, entered_at)
        SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:tenants AS text[]), CAST(:products AS text[]),
            CAST(:kinds AS text[]), CAST(:amounts AS bigint[]), CAST(:invoices AS uuid[]), CAST(:reasons AS text[]),
            CAST(:at AS timestamptz[]))
        """;

    private final JdbcClient jdbc;

    JdbcCredits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(List<CreditEntry> entries) {
        jdbc.sql(INSERT)
                .param("ids", entries.stream().map(CreditEntry::id).toArray(UUID[]::new))
                .param("tenants", texts(entries, entry -> entry.tenantId().value()))
                .param("products", texts(entries, CreditEntry::product))
                .param("kinds", texts(entries, entry -> entry.kind().name()))
                .param("amounts", entries.stream().map(CreditEntry::won).toArray(Long[]::new))
                .param(
                        "invoices",
                        entries.stream()
                                .map(entry -> entry.invoice() == null
                                        ? null
                                        : entry.invoice().value())
                                .toArray(UUID[]::new))
                .param("reasons", entries.stream().map(CreditEntry::reason).toArray(String[]::new))
                .param(
                        "at",
                        entries.stream().map(entry -> entry.at().toString()).toArray(String[]::new))
                .update();
    }

    private static String[] texts(List<CreditEntry> entries, Function<CreditEntry, String> text) {
        return entries.stream().map(text).toArray(String[]::new);
    }

    @Override
    public Optional<CreditEntry> find(UUID id) {
        return jdbc.sql("SELECT * FROM credit_entry WHERE id = :id")
                .param("id", id)
                .query((row, _) -> entry(row))
                .optional();
    }

    @Override
    public Money balance(TenantId tenantId, String product) {
        return jdbc.sql("SELECT balance_won FROM credit_balance WHERE tenant_id = :tenantId AND product = :product")
                .param("tenantId", tenantId.value())
                .param("product", product)
                .query(Long.class)
                .optional()
                .map(Money::ofWon)
                .orElse(Money.ZERO);
    }

    @Override
    public List<CreditEntry> newest(TenantId tenantId, String product, int most) {
        return jdbc.sql("""
                SELECT * FROM credit_entry WHERE tenant_id = :tenantId AND product = :product
                ORDER BY entered_at DESC, id DESC LIMIT :most
                """)
                .param("tenantId", tenantId.value())
                .param("product", product)
                .param("most", most)
                .query((row, _) -> entry(row))
                .list();
    }

    private static CreditEntry entry(ResultSet row) throws SQLException {
        UUID invoice = row.getObject("invoice_id", UUID.class);
        return new CreditEntry(
                row.getObject("id", UUID.class),
                new TenantId(row.getString("tenant_id")),
                row.getString("product"),
                CreditEntry.Kind.valueOf(row.getString("kind")),
                row.getLong("amount_won"),
                invoice == null ? null : new InvoiceId(invoice),
                row.getString("reason"),
                row.getObject("entered_at", OffsetDateTime.class).toInstant());
    }
}
