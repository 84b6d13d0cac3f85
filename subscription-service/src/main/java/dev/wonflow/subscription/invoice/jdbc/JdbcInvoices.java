package dev.wonflow.subscription.invoice.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.invoice.Amounts;
import dev.wonflow.subscription.invoice.DocumentNumber;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceHistory;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.invoice.InvoiceLine;
import dev.wonflow.subscription.invoice.InvoicePayment;
import dev.wonflow.subscription.invoice.InvoiceStatus;
import dev.wonflow.subscription.invoice.Invoices;
import dev.wonflow.subscription.invoice.LineKind;
import dev.wonflow.subscription.subscription.Period;
import dev.wonflow.subscription.subscription.Terms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** Invoices in the tables {@code invoice} and {@code invoice_line}, however many with one statement for each. */
@Component
class JdbcInvoices implements Invoices, InvoiceHistory {

    private static final String COLUMNS = columns(InvoiceRow.class);
    private static final String LINE_COLUMNS = columns(LineRow.class);

    private static final String INSERT = """
        INSERT INTO invoice (%1$s)
        SELECT %1$s FROM json_populate_recordset(CAST(NULL AS invoice), CAST(:rows AS json))
        """.formatted(COLUMNS);

    private static final String INSERT_LINES = """
        INSERT INTO invoice_line (%1$s)
        SELECT %1$s FROM json_populate_recordset(CAST(NULL AS invoice_line), CAST(:rows AS json))
        """.formatted(LINE_COLUMNS);

    /** What can change once an invoice is issued. */
    private static final List<String> CHANGEABLE = List.of(
            "status",
            "period_start",
            "period_end",
            "billing_method_id",
            "refunded_won",
            "paid_at",
            "ended_at",
            "payment_id",
            "order_id",
            "livemode",
            "receipt_year",
            "receipt_number",
            "version");

    private static final String UPDATE = """
        UPDATE invoice old SET %s
        FROM json_populate_recordset(CAST(NULL AS invoice), CAST(:rows AS json)) new
        WHERE old.id = new.id AND old.version = new.version - 1
        """.formatted(
            CHANGEABLE.stream().map(column -> column + " = new." + column).collect(Collectors.joining(", ")));

    /**
     * Each with its lines in one column, so that there is one row for one invoice; the columns by name, for a later
     * version may add some while this one runs.
     */
    private static final String SELECT = """
        SELECT %s, (SELECT json_agg(l ORDER BY l.position) FROM invoice_line l WHERE l.invoice_id = i.id) AS lines
        FROM invoice i
        """.formatted("i." + COLUMNS.replace(", ", ", i."));

    private static final String TAKE_NUMBERS = """
        INSERT INTO document_number AS d (kind, year, last) VALUES ('RECEIPT', :year, :count)
        ON CONFLICT (kind, year) DO UPDATE SET last = d.last + :count
        RETURNING last - :count + 1
        """;

    /** Of its own, because what is stored must not follow a setting of the web layer. */
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;

    JdbcInvoices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static String columns(Class<? extends Record> row) {
        return Arrays.stream(row.getRecordComponents())
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    @Override
    public Optional<Invoice> find(InvoiceId id) {
        return jdbc.sql(SELECT + "WHERE i.id = :id")
                .param("id", id.value())
                .query((row, _) -> invoice(row))
                .optional();
    }

    @Override
    public List<Invoice> find(Collection<InvoiceId> ids) {
        return jdbc.sql(SELECT + "WHERE i.id = ANY(:ids) ORDER BY i.id")
                .param("ids", ids.stream().map(InvoiceId::value).toArray(UUID[]::new))
                .query((row, _) -> invoice(row))
                .list();
    }

    @Override
    public Set<SubscriptionId> withOpen(Collection<SubscriptionId> subscriptions) {
        return jdbc.sql("SELECT subscription_id FROM invoice WHERE subscription_id = ANY(:ids) AND status = 'OPEN'")
                .param("ids", subscriptions.stream().map(SubscriptionId::value).toArray(UUID[]::new))
                .query((row, _) -> new SubscriptionId(row.getObject(1, UUID.class)))
                .set();
    }

    @Override
    public List<Invoice> open(SubscriptionId subscription) {
        return jdbc.sql(SELECT + "WHERE i.subscription_id = :subscription AND i.status = 'OPEN' ORDER BY i.id")
                .param("subscription", subscription.value())
                .query((row, _) -> invoice(row))
                .list();
    }

    @Override
    public List<Invoice> paidAfter(SubscriptionId subscription, long periodNumber) {
        return jdbc.sql(SELECT + """
            WHERE i.subscription_id = :subscription AND i.kind = 'PERIOD' AND i.status = 'PAID'
              AND i.period_number > :number
            ORDER BY i.period_number
            """)
                .param("subscription", subscription.value())
                .param("number", periodNumber)
                .query((row, _) -> invoice(row))
                .list();
    }

    @Override
    public Optional<Invoice> paidBefore(Invoice change) {
        return jdbc.sql(SELECT + """
            WHERE i.subscription_id = :subscription AND i.period_number = :number AND i.status = 'PAID'
              AND (i.kind = 'PERIOD' OR i.kind = 'CHANGE') AND (i.issued_at, i.id) < (:at, :id)
            ORDER BY i.issued_at DESC, i.id DESC LIMIT 1
            """)
                .param("subscription", change.subscriptionId().value())
                .param("number", change.period().number())
                .param("at", change.issuedAt().atOffset(ZoneOffset.UTC))
                .param("id", change.id().value())
                .query((row, _) -> invoice(row))
                .optional();
    }

    @Override
    public Optional<Invoice> ofPayment(String paymentId) {
        return jdbc.sql(SELECT + "WHERE i.payment_id = :paymentId")
                .param("paymentId", paymentId)
                .query((row, _) -> invoice(row))
                .optional();
    }

    @Override
    public List<Invoice> newestFirst(TenantId tenantId, @Nullable Place after, int most) {
        String place = after == null ? "" : " AND (i.issued_at, i.id) < (:at, :id)";
        JdbcClient.StatementSpec select = jdbc.sql(SELECT + "WHERE i.tenant_id = :tenantId" + place
                        + " ORDER BY i.issued_at DESC, i.id DESC LIMIT :most")
                .param("tenantId", tenantId.value())
                .param("most", most);
        if (after != null) {
            select.param("at", after.issuedAt().atOffset(ZoneOffset.UTC))
                    .param("id", after.id().value());
        }
        return select.query((row, _) -> invoice(row)).list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Invoice> add(List<Invoice> invoices) {
        List<Invoice> stored =
                invoices.stream().map(invoice -> invoice.stored(1)).toList();
        if (stored.isEmpty()) {
            return stored;
        }
        jdbc.sql(INSERT).param("rows", rows(stored)).update();
        List<LineRow> lines = new ArrayList<>();
        for (Invoice invoice : stored) {
            int position = 1;
            for (InvoiceLine line : invoice.lines()) {
                lines.add(LineRow.of(invoice.id(), position++, line));
            }
        }
        jdbc.sql(INSERT_LINES).param("rows", JSON.writeValueAsString(lines)).update();
        return stored;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Invoice> save(List<Invoice> invoices) {
        List<Invoice> stored = invoices.stream()
                .map(invoice -> invoice.stored(invoice.version() + 1))
                .toList();
        int written = stored.isEmpty()
                ? 0
                : jdbc.sql(UPDATE).param("rows", rows(stored)).update();
        if (written != stored.size()) {
            throw new OptimisticLockingFailureException("invoices: " + (stored.size() - written) + " of "
                    + stored.size() + " changed in between (expected: none)");
        }
        return stored;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public long takeReceiptNumbers(int year, int count) {
        return jdbc.sql(TAKE_NUMBERS)
                .param("year", year)
                .param("count", count)
                .query(Long.class)
                .single();
    }

    private static String rows(List<Invoice> invoices) {
        return JSON.writeValueAsString(invoices.stream().map(InvoiceRow::of).toList());
    }

    private static Invoice invoice(ResultSet row) throws SQLException {
        return new Invoice(
                new InvoiceId(row.getObject("id", UUID.class)),
                new SubscriptionId(row.getObject("subscription_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                row.getString("product"),
                row.getObject("change_id", UUID.class),
                new Terms(row.getString("plan"), row.getLong("plan_version"), row.getInt("quantity")),
                new Period(
                        row.getLong("period_number"),
                        Objects.requireNonNull(instant(row, "period_start")),
                        Objects.requireNonNull(instant(row, "period_end")),
                        Money.ofWon(row.getLong("period_value_won"))),
                InvoiceStatus.valueOf(row.getString("status")),
                new Amounts(
                        Money.ofWon(row.getLong("total_won")),
                        Money.ofWon(row.getLong("tax_free_won")),
                        Money.ofWon(row.getLong("vat_won")),
                        Money.ofWon(row.getLong("discount_won")),
                        Money.ofWon(row.getLong("credit_used_won")),
                        Money.ofWon(row.getLong("credit_left_won"))),
                lines(row.getString("lines")),
                row.getObject("billing_method_id", UUID.class),
                Money.ofWon(row.getLong("refunded_won")),
                Objects.requireNonNull(instant(row, "issued_at")),
                Objects.requireNonNull(instant(row, "due_at")),
                instant(row, "paid_at"),
                instant(row, "ended_at"),
                payment(row),
                receipt(row),
                row.getLong("version"));
    }

    private static List<InvoiceLine> lines(@Nullable String json) {
        return json == null
                ? List.of()
                : Arrays.stream(JSON.readValue(json, LineRow[].class))
                        .map(LineRow::line)
                        .toList();
    }

    private static @Nullable InvoicePayment payment(ResultSet row) throws SQLException {
        String paymentId = row.getString("payment_id");
        return paymentId == null
                ? null
                : new InvoicePayment(paymentId, row.getString("order_id"), row.getBoolean("livemode"));
    }

    private static @Nullable DocumentNumber receipt(ResultSet row) throws SQLException {
        Integer year = row.getObject("receipt_year", Integer.class);
        return year == null ? null : new DocumentNumber(year, row.getLong("receipt_number"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** An invoice as a row; the names are those of the columns. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record InvoiceRow(
            UUID id,
            UUID subscriptionId,
            String tenantId,
            String product,
            String kind,
            long periodNumber,
            @Nullable UUID changeId,
            String plan,
            long planVersion,
            int quantity,
            Instant periodStart,
            Instant periodEnd,
            long periodValueWon,
            String status,
            long totalWon,
            long taxFreeWon,
            long vatWon,
            long discountWon,
            long creditUsedWon,
            long creditLeftWon,
            long refundedWon,
            @Nullable Boolean livemode,
            @Nullable UUID billingMethodId,
            Instant issuedAt,
            Instant dueAt,
            @Nullable Instant paidAt,
            @Nullable Instant endedAt,
            @Nullable String paymentId,
            @Nullable String orderId,
            @Nullable Integer receiptYear,
            @Nullable Long receiptNumber,
            long version) {

        static InvoiceRow of(Invoice invoice) {
            Amounts amounts = invoice.amounts();
            InvoicePayment payment = invoice.payment();
            DocumentNumber receipt = invoice.receipt();
            return new InvoiceRow(
                    invoice.id().value(),
                    invoice.subscriptionId().value(),
                    invoice.tenantId().value(),
                    invoice.product(),
                    invoice.kind().name(),
                    invoice.period().number(),
                    invoice.changeId(),
                    invoice.terms().plan(),
                    invoice.terms().planVersion(),
                    invoice.terms().quantity(),
                    invoice.period().start(),
                    invoice.period().end(),
                    invoice.period().value().won(),
                    invoice.status().name(),
                    amounts.total().won(),
                    amounts.taxFree().won(),
                    amounts.vat().won(),
                    amounts.discount().won(),
                    amounts.creditUsed().won(),
                    amounts.creditLeft().won(),
                    invoice.refunded().won(),
                    payment == null ? null : payment.livemode(),
                    invoice.billingMethodId(),
                    invoice.issuedAt(),
                    invoice.dueAt(),
                    invoice.paidAt(),
                    invoice.endedAt(),
                    payment == null ? null : payment.paymentId(),
                    payment == null ? null : payment.orderId(),
                    receipt == null ? null : receipt.year(),
                    receipt == null ? null : receipt.number(),
                    invoice.version());
        }
    }

    /** A line as a row; the names are those of the columns. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record LineRow(
            UUID invoiceId, int position, String kind, String about, int quantity, long unitWon, long amountWon) {

        static LineRow of(InvoiceId invoice, int position, InvoiceLine line) {
            return new LineRow(
                    invoice.value(),
                    position,
                    line.kind().name(),
                    line.about(),
                    line.quantity(),
                    line.unitWon(),
                    line.amountWon());
        }

        InvoiceLine line() {
            return new InvoiceLine(LineKind.valueOf(kind), about, quantity, unitWon, amountWon);
        }
    }
}
