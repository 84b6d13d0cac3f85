package dev.wonflow.payment.payment.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.gateway.Attempt;
import dev.wonflow.payment.payment.Attempts;
import dev.wonflow.payment.payment.PaymentStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Attempts in PostgreSQL. */
@Component
class JdbcAttempts implements Attempts {

    private static final String INSERT = """
        INSERT INTO payment_attempt (payment_key, payment_id, order_id, amount_won, idempotency_key, started_at)
        VALUES (:key, :payment, :order, :amount, :idempotencyKey, :startedAt)
        """;
    private static final String FIND = """
        SELECT payment_key, payment_id, order_id, amount_won, started_at FROM payment_attempt WHERE payment_key = :key
        """;
    private static final String STARTED_SINCE = """
        SELECT started_at FROM payment_attempt WHERE payment_id = :payment AND started_at > :since ORDER BY started_at
        """;
    private static final String NOTE = """
        UPDATE payment_attempt SET outcome = :outcome, code = :code, noted_at = :now WHERE payment_key = :key
        """;

    private static final int MAX_CODE = 100;

    private final JdbcClient jdbc;

    JdbcAttempts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(Attempt attempt) {
        jdbc.sql(INSERT)
                .param("key", attempt.paymentKey().value())
                .param("payment", attempt.paymentId().value())
                .param("order", attempt.orderId().value())
                .param("amount", attempt.amount().won())
                .param("idempotencyKey", attempt.idempotencyKey())
                .param("startedAt", attempt.startedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public Optional<Attempt> find(PaymentKey key) {
        return jdbc.sql(FIND)
                .param("key", key.value())
                .query(JdbcAttempts::attempt)
                .optional();
    }

    @Override
    public List<Instant> startedSince(PaymentId id, Instant since) {
        return jdbc.sql(STARTED_SINCE)
                .param("payment", id.value())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, _) ->
                        row.getObject("started_at", OffsetDateTime.class).toInstant())
                .list();
    }

    @Override
    public void note(PaymentKey key, PaymentStatus outcome, @Nullable String code, Instant now) {
        jdbc.sql(NOTE)
                .param("key", key.value())
                .param("outcome", outcome.name())
                .param("code", Text.cut(code, MAX_CODE))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Attempt attempt(ResultSet row, int rowNumber) throws SQLException {
        return new Attempt(
                new PaymentId(row.getObject("payment_id", UUID.class)),
                new PaymentKey(row.getString("payment_key")),
                new OrderId(row.getString("order_id")),
                Money.ofWon(row.getLong("amount_won")),
                row.getObject("started_at", OffsetDateTime.class).toInstant());
    }
}
