package dev.wonflow.payment.webhook.jdbc;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.webhook.Grade;
import dev.wonflow.payment.webhook.TossWebhook;
import dev.wonflow.payment.webhook.Webhooks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Webhooks in PostgreSQL. What a webhook claims is of any length; it is cut to what the table takes. */
@Component
class JdbcWebhooks implements Webhooks {

    private static final String VALUES = """
            (id, received_at, shape, event_type, grade, order_id, payment_key, status, payment_id, outcome, handled_at)
        VALUES
            (:id, :receivedAt, :shape, :eventType, :grade, :order, :key, :status, :payment, :outcome, :handledAt)
        """;
    private static final String INSERT_PENDING = "INSERT INTO toss_webhook" + VALUES;
    private static final String INSERT_ANSWERED = "INSERT INTO toss_webhook_log" + VALUES;
    private static final String INSERT_STRAY = "INSERT INTO toss_webhook_not_ours" + VALUES;

    private static final String PENDING = """
        SELECT id, grade, payment_key, status FROM toss_webhook
        WHERE payment_id = :payment AND outcome IS NULL
        ORDER BY received_at LIMIT :slice
        """;

    private static final String ANSWER = """
        WITH answered AS (DELETE FROM toss_webhook WHERE id = :id AND outcome IS NULL RETURNING *)
        INSERT INTO toss_webhook_log
            (id, received_at, shape, event_type, grade, order_id, payment_key, status, payment_id, outcome, handled_at)
        SELECT id, received_at, shape, event_type, :grade, order_id, payment_key, status, payment_id, :outcome, :now
        FROM answered
        """;

    /**
     * What was answered by a version that kept no days. Rows another copy of the service is deleting at the same time
     * are passed over.
     */
    private static final String FORGET = """
        DELETE FROM toss_webhook
        WHERE id IN (
            SELECT id FROM toss_webhook WHERE outcome IS NOT NULL AND handled_at < :before LIMIT :limit
            FOR UPDATE SKIP LOCKED)
        """;

    private static final String FORGET_STRAY = """
        DELETE FROM toss_webhook
        WHERE id IN (
            SELECT id FROM toss_webhook WHERE payment_id IS NULL AND handled_at < :before LIMIT :limit
            FOR UPDATE SKIP LOCKED)
        """;

    private final JdbcClient jdbc;

    JdbcWebhooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void keep(TossWebhook webhook, Outcome outcome, Instant now) {
        insert(INSERT_STRAY, webhook, null, outcome.name(), now.atOffset(ZoneOffset.UTC));
    }

    @Override
    public void keep(TossWebhook webhook, PaymentId payment, Outcome outcome, Instant now) {
        insert(INSERT_ANSWERED, webhook, payment.value(), outcome.name(), now.atOffset(ZoneOffset.UTC));
    }

    @Override
    public void keep(TossWebhook webhook, PaymentId payment) {
        insert(INSERT_PENDING, webhook, payment.value(), null, null);
    }

    private void insert(
            String into,
            TossWebhook webhook,
            @Nullable UUID payment,
            @Nullable String outcome,
            @Nullable OffsetDateTime handledAt) {
        jdbc.sql(into)
                .param("id", webhook.id())
                .param("receivedAt", webhook.receivedAt().atOffset(ZoneOffset.UTC))
                .param("shape", Text.cut(webhook.shape(), 20))
                .param("eventType", Text.cut(webhook.eventType(), 100))
                .param("grade", webhook.grade().name())
                .param("order", Text.cut(webhook.orderId(), 200))
                .param("key", Text.cut(webhook.paymentKey(), 200))
                .param("status", Text.cut(webhook.status(), 50))
                .param("payment", payment)
                .param("outcome", outcome)
                .param("handledAt", handledAt)
                .update();
    }

    @Override
    public List<Pending> pending(PaymentId payment) {
        return jdbc.sql(PENDING)
                .param("payment", payment.value())
                .param("slice", SLICE)
                .query(JdbcWebhooks::pendingRow)
                .list();
    }

    @Override
    public void answer(Pending webhook, Outcome outcome, Grade grade, Instant now) {
        jdbc.sql(ANSWER)
                .param("id", webhook.id())
                .param("outcome", outcome.name())
                .param("grade", grade.name())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public int forget(Instant before, int limit) {
        return delete(FORGET, before, limit);
    }

    @Override
    public int forgetStray(Instant before, int limit) {
        return delete(FORGET_STRAY, before, limit);
    }

    private int delete(String sql, Instant before, int limit) {
        return jdbc.sql(sql)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .update();
    }

    private static Pending pendingRow(ResultSet row, int rowNumber) throws SQLException {
        return new Pending(
                row.getObject("id", UUID.class),
                Grade.valueOf(row.getString("grade")),
                row.getString("payment_key"),
                row.getString("status"));
    }
}
