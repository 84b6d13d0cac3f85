package dev.wonflow.payment.stray.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Uncertainty;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.payment.Stray;
import dev.wonflow.payment.stray.StrayCapture;
import dev.wonflow.payment.stray.StrayCaptureId;
import dev.wonflow.payment.stray.StrayCaptureStatus;
import dev.wonflow.payment.stray.StrayCaptures;
import dev.wonflow.payment.stray.StrayWork;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.work.WorkItem;
import dev.wonflow.work.WorkTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stray captures in PostgreSQL; when to go on with them is planned as work. */
@Component
class JdbcStrayCaptures implements StrayCaptures {

    private static final String INSERT = """
        INSERT INTO stray_capture (id, payment_id, order_id, tenant_id, payment_key, reason, status, amount_won, found_at,
                                   changed_at)
        VALUES (:id, :payment, :order, :tenant, :key, :reason, :status, :amount, :foundAt, :foundAt)
        ON CONFLICT (payment_key) DO NOTHING
        """;

    private static final String UPDATE = """
        UPDATE stray_capture
        SET status = :status, calls = :calls, refundable_won = :refundable, answered = :answered, called_at = :calledAt,
            looks = :looks, vague_answers = :vagueAnswers, faults = :faults, origin = :origin,
            transaction_key = :transactionKey, code = :code, changed_at = :changedAt
        WHERE id = :id
        """;

    private final JdbcClient jdbc;
    private final WorkTable work;

    JdbcStrayCaptures(JdbcClient jdbc, WorkTable work) {
        this.jdbc = jdbc;
        this.work = work;
    }

    @Override
    public boolean add(StrayCapture found) {
        return jdbc.sql(INSERT)
                        .param("id", found.id().value())
                        .param("payment", found.paymentId().value())
                        .param("order", found.orderId().value())
                        .param("tenant", found.tenantId().value())
                        .param("key", found.paymentKey().value())
                        .param("reason", found.reason().name())
                        .param("status", found.status().name())
                        .param("amount", found.amount().won())
                        .param("foundAt", utc(found.foundAt()))
                        .update()
                == 1;
    }

    @Override
    public void save(StrayCapture stray) {
        StrayCapture.Call call = stray.call();
        RefundOrigin origin = stray.origin();
        jdbc.sql(UPDATE)
                .param("id", stray.id().value())
                .param("status", stray.status().name())
                .param("calls", call == null ? 0 : call.number())
                .param("refundable", call == null ? null : call.refundable().won(), Types.BIGINT)
                .param("answered", call != null && call.answered())
                .param("calledAt", call == null ? null : utc(call.at()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("looks", stray.uncertainty().looks())
                .param("vagueAnswers", stray.uncertainty().vagueAnswers())
                .param("faults", stray.uncertainty().faults())
                .param("origin", origin == null ? null : origin.name(), Types.VARCHAR)
                .param("transactionKey", stray.transactionKey(), Types.VARCHAR)
                .param("code", stray.code(), Types.VARCHAR)
                .param("changedAt", utc(stray.changedAt()))
                .update();
    }

    @Override
    public Optional<StrayCapture> find(StrayCaptureId id) {
        return jdbc.sql("SELECT * FROM stray_capture WHERE id = :id")
                .param("id", id.value())
                .query(JdbcStrayCaptures::stray)
                .optional();
    }

    @Override
    public Optional<StrayCapture> find(PaymentKey key) {
        return jdbc.sql("SELECT * FROM stray_capture WHERE payment_key = :key")
                .param("key", key.value())
                .query(JdbcStrayCaptures::stray)
                .optional();
    }

    @Override
    public void plan(StrayCaptureId id, Instant due) {
        work.plan(new WorkItem(StrayWork.KIND, id.toString(), null, due, 0, null));
    }

    static StrayCapture stray(ResultSet row, int rowNumber) throws SQLException {
        int calls = row.getInt("calls");
        String origin = row.getString("origin");
        return new StrayCapture(
                new StrayCaptureId(row.getObject("id", UUID.class)),
                new PaymentId(row.getObject("payment_id", UUID.class)),
                new OrderId(row.getString("order_id")),
                new TenantId(row.getString("tenant_id")),
                new PaymentKey(row.getString("payment_key")),
                Stray.Reason.valueOf(row.getString("reason")),
                StrayCaptureStatus.valueOf(row.getString("status")),
                Money.ofWon(row.getLong("amount_won")),
                calls == 0 ? null : call(row, calls),
                new Uncertainty(row.getInt("looks"), row.getInt("vague_answers"), row.getInt("faults")),
                origin == null ? null : RefundOrigin.valueOf(origin),
                row.getString("transaction_key"),
                row.getString("code"),
                instant(row, "found_at"),
                instant(row, "changed_at"));
    }

    private static StrayCapture.Call call(ResultSet row, int number) throws SQLException {
        return new StrayCapture.Call(
                number,
                Money.ofWon(row.getLong("refundable_won")),
                instant(row, "called_at"),
                row.getBoolean("answered"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
