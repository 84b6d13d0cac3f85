package dev.wonflow.payment.payment.jdbc;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentHistory;
import dev.wonflow.payment.payment.PaymentStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The history in PostgreSQL. A page is a piece of an index, wherever it begins: {@code payment_history}, or that of a
 * customer or an amount. No index has a status or method, which change with every step of a payment; they are picked
 * out of a piece of bounded length, so a page costs the same however rare they are.
 */
@Component
class JdbcPaymentHistory implements PaymentHistory {

    /** Rows one piece may look at; some milliseconds. */
    static final int LOOKED_AT = 5_000;

    private static final String ROWS = """
        SELECT id, requested_at, status, method FROM payment
        WHERE tenant_id = :tenant AND (requested_at, id) < (:requestedAt, :id)""";

    private static final String NEWEST_FIRST = " ORDER BY requested_at DESC, id DESC LIMIT :rows";

    private static final String PAYMENTS = JdbcPayments.SELECT + "id = ANY (CAST(:ids AS uuid[]))";

    private static final String ATTEMPTS = """
        SELECT payment_key, started_at, outcome, code, noted_at FROM payment_attempt
        WHERE payment_id = :payment ORDER BY started_at, payment_key
        """;

    /** Later than any payment. */
    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    /** Before any id of the same moment, so that a place with it is before all that was requested then. */
    private static final PaymentId FIRST_ID = new PaymentId(new UUID(0, 0));

    private final JdbcClient jdbc;

    JdbcPaymentHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Piece of(Filter filter, @Nullable Place after, int limit) {
        Map<String, Object> values = new HashMap<>();
        values.put("tenant", filter.tenantId().value());
        Place from = start(filter, after);
        values.put("requestedAt", from.requestedAt().atOffset(ZoneOffset.UTC));
        values.put("id", from.id().value());
        StringBuilder look = new StringBuilder(ROWS);
        if (filter.from() != null) {
            values.put("from", filter.from().atOffset(ZoneOffset.UTC));
            look.append(" AND requested_at >= :from");
        }
        if (filter.orderId() != null) {
            values.put("order", filter.orderId().value());
            look.append(" AND order_id = :order");
        }
        if (filter.customerKey() != null) {
            values.put("customer", filter.customerKey());
            look.append(" AND customer_key = :customer");
        }
        if (filter.amount() != null) {
            values.put("amount", filter.amount().won());
            look.append(" AND amount_won = :amount");
        }
        look.append(NEWEST_FIRST);
        return filter.status() == null && filter.method() == null
                ? all(look.toString(), values, limit)
                : picked(look.toString(), filter, values, limit);
    }

    /** One bound and not two: of two PostgreSQL begins at one of them, which may be all newer payments away. */
    private static Place start(Filter filter, @Nullable Place after) {
        Place end = new Place(filter.until() == null ? END : filter.until(), FIRST_ID);
        return after == null || !end.requestedAt().isAfter(after.requestedAt()) ? end : after;
    }

    /** One row more than the piece tells whether there is another piece. */
    private Piece all(String look, Map<String, Object> values, int limit) {
        values.put("rows", limit + 1);
        List<Place> rows =
                jdbc.sql(look).params(values).query((row, _) -> place(row)).list();
        boolean isLast = rows.size() <= limit;
        List<Payment> found = payments(isLast ? rows : rows.subList(0, limit));
        return new Piece(found, isLast ? null : rows.get(limit - 1));
    }

    private Piece picked(String look, Filter filter, Map<String, Object> values, int limit) {
        values.put("rows", LOOKED_AT);
        values.put("limit", limit + 1);
        StringBuilder wanted = new StringBuilder("true");
        if (filter.status() != null) {
            values.put("status", filter.status().name());
            wanted.append(" AND status = :status");
        }
        if (filter.method() != null) {
            values.put("method", filter.method());
            wanted.append(" AND method = :method");
        }
        record Row(Place place, boolean isFound) {}
        // And the last row looked at, if there may be more behind it.
        String pick = """
            WITH looked AS MATERIALIZED (%s)
            (SELECT id, requested_at, true AS found FROM looked WHERE %s
             ORDER BY requested_at DESC, id DESC LIMIT :limit)
            UNION ALL
            (SELECT id, requested_at, false FROM looked ORDER BY requested_at DESC, id DESC OFFSET :rows - 1)
            """.formatted(look, wanted);
        List<Row> rows = jdbc.sql(pick)
                .params(values)
                .query((row, _) -> new Row(place(row), row.getBoolean("found")))
                .list();
        List<Place> found = rows.stream().filter(Row::isFound).map(Row::place).toList();
        if (found.size() > limit) {
            return new Piece(payments(found.subList(0, limit)), found.get(limit - 1));
        }
        Place lookedAt = rows.stream()
                .filter(row -> !row.isFound())
                .map(Row::place)
                .findFirst()
                .orElse(null);
        return new Piece(payments(found), lookedAt);
    }

    private List<Payment> payments(List<Place> places) {
        if (places.isEmpty()) {
            return List.of();
        }
        List<PaymentId> ids = places.stream().map(Place::id).toList();
        Map<PaymentId, Payment> found = new HashMap<>();
        jdbc.sql(PAYMENTS)
                .param("ids", ids.stream().map(PaymentId::toString).toArray(String[]::new))
                .query(JdbcPayments::payment)
                .list()
                .forEach(payment -> found.put(payment.id(), payment));
        return ids.stream().map(id -> Objects.requireNonNull(found.get(id))).toList();
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(instant(row, "requested_at"), new PaymentId(row.getObject("id", UUID.class)));
    }

    @Override
    public List<PastAttempt> attempts(PaymentId id) {
        return jdbc.sql(ATTEMPTS)
                .param("payment", id.value())
                .query((row, _) -> new PastAttempt(
                        new PaymentKey(row.getString("payment_key")),
                        instant(row, "started_at"),
                        row.getString("outcome") == null ? null : PaymentStatus.valueOf(row.getString("outcome")),
                        row.getString("code"),
                        row.getString("noted_at") == null ? null : instant(row, "noted_at")))
                .list();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
