package dev.wonflow.payment.payment.jdbc;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentHistory;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The history in PostgreSQL: a page is a piece of the index {@code payment_history}, wherever it begins. */
@Component
class JdbcPaymentHistory implements PaymentHistory {

    private static final String PAGE = """
        SELECT id FROM payment
        WHERE tenant_id = :tenant AND (requested_at, id) < (:requestedAt, :id)
        ORDER BY requested_at DESC, id DESC
        LIMIT :limit
        """;

    /** Later than any payment. */
    private static final Place END = new Place(Instant.parse("9999-12-31T23:59:59Z"), new PaymentId(new UUID(-1, -1)));

    private final JdbcClient jdbc;
    private final JdbcAggregateOperations payments;

    JdbcPaymentHistory(JdbcClient jdbc, JdbcAggregateOperations payments) {
        this.jdbc = jdbc;
        this.payments = payments;
    }

    @Override
    public List<Payment> of(TenantId tenantId, @Nullable Place after, int limit) {
        Place from = after == null ? END : after;
        List<PaymentId> ids = jdbc.sql(PAGE)
                .param("tenant", tenantId.value())
                .param("requestedAt", from.requestedAt().atOffset(ZoneOffset.UTC))
                .param("id", from.id().value())
                .param("limit", limit)
                .query((row, _) -> new PaymentId(Objects.requireNonNull(row.getObject("id", UUID.class))))
                .list();
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<PaymentId, Payment> found = new HashMap<>();
        payments.findAllById(ids, Payment.class).forEach(payment -> found.put(payment.id(), payment));
        return ids.stream().map(id -> Objects.requireNonNull(found.get(id))).toList();
    }
}
