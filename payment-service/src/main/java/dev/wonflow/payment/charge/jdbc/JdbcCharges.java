package dev.wonflow.payment.charge.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.charge.Charge;
import dev.wonflow.payment.charge.ChargeId;
import dev.wonflow.payment.charge.ChargeStatus;
import dev.wonflow.payment.charge.ChargeWork;
import dev.wonflow.payment.charge.Charges;
import dev.wonflow.payment.gateway.ChargeOutcome;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.Uncertainty;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.work.WorkItem;
import dev.wonflow.work.WorkTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Charges in PostgreSQL; when to go on with them is planned as work. */
@Component
class JdbcCharges implements Charges {

    private static final String INSERT = """
        INSERT INTO charge (id, tenant_id, billing_method_id, order_id, order_name, amount_won, tax_free_won, status,
                            requested_at, changed_at, version)
        VALUES (:id, :tenant, :method, :order, :orderName, :amount, :taxFree, :status, :requestedAt, :changedAt, :version)
        ON CONFLICT (id) DO NOTHING
        """;

    private static final String UPDATE = """
        UPDATE charge
        SET status = :status, call_number = :callNumber, called_at = :calledAt, looks = :looks,
            vague_answers = :vagueAnswers, faults = :faults, payment_id = :payment, failure_code = :failureCode,
            failure_message = :failureMessage, remedy = :remedy, changed_at = :changedAt, version = :version
        WHERE id = :id
        """;

    private static final String BY_ID = """
        SELECT id, tenant_id, billing_method_id, order_name, amount_won, tax_free_won, status, call_number, called_at,
               looks, vague_answers, faults, payment_id, failure_code, failure_message, remedy, requested_at,
               changed_at, version
        FROM charge WHERE id = :id
        """;

    private static final String HOLD = BY_ID + "FOR UPDATE";

    /** Only where a tenant's time is moved, so there is no index for it. */
    private static final String WAITING = """
        SELECT work.id, work.due_at
        FROM charge JOIN work ON work.kind = :kind AND work.id = charge.id::text
        WHERE charge.tenant_id = :tenant AND charge.status IN ('REQUESTED', 'UNKNOWN') AND work.due_at IS NOT NULL
        ORDER BY work.due_at, work.id
        """;

    private final JdbcClient jdbc;
    private final WorkTable work;

    JdbcCharges(JdbcClient jdbc, WorkTable work) {
        this.jdbc = jdbc;
        this.work = work;
    }

    @Override
    public boolean add(Charge charge) {
        return jdbc.sql(INSERT)
                        .param("id", charge.id().value())
                        .param("tenant", charge.tenantId().value())
                        .param("method", charge.methodId().value())
                        .param("order", charge.orderId().value())
                        .param("orderName", charge.orderName())
                        .param("amount", charge.amount().won())
                        .param("taxFree", charge.taxFree().won())
                        .param("status", charge.status().name())
                        .param("requestedAt", utc(charge.requestedAt()))
                        .param("changedAt", utc(charge.changedAt()))
                        .param("version", charge.version())
                        .update()
                == 1;
    }

    @Override
    public void save(Charge charge) {
        Failure failure = charge.failure();
        jdbc.sql(UPDATE)
                .param("id", charge.id().value())
                .param("status", charge.status().name())
                .param("callNumber", charge.callNumber())
                .param(
                        "calledAt",
                        charge.calledAt() == null ? null : utc(charge.calledAt()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("looks", charge.uncertainty().looks())
                .param("vagueAnswers", charge.uncertainty().vagueAnswers())
                .param("faults", charge.uncertainty().faults())
                .param(
                        "payment",
                        charge.paymentId() == null ? null : charge.paymentId().value(),
                        Types.OTHER)
                .param("failureCode", failure == null ? null : failure.code(), Types.VARCHAR)
                .param("failureMessage", failure == null ? null : failure.message(), Types.VARCHAR)
                .param(
                        "remedy",
                        charge.remedy() == null ? null : charge.remedy().name(),
                        Types.VARCHAR)
                .param("changedAt", utc(charge.changedAt()))
                .param("version", charge.version())
                .update();
    }

    @Override
    public Optional<Charge> find(ChargeId id) {
        return read(BY_ID, id);
    }

    @Override
    public Optional<Charge> findAndHold(ChargeId id) {
        return read(HOLD, id);
    }

    private Optional<Charge> read(String sql, ChargeId id) {
        return jdbc.sql(sql).param("id", id.value()).query(JdbcCharges::charge).optional();
    }

    @Override
    public void plan(ChargeId id, Instant due) {
        work.plan(WorkItem.of(ChargeWork.KIND, id.toString(), due));
    }

    @Override
    public void hurry(TenantId tenant, Duration by) {
        waiting(tenant)
                .forEach(one ->
                        work.bringForward(ChargeWork.KIND, one.id(), one.dueAt().minus(by)));
    }

    @Override
    public List<Instant> dues(TenantId tenant) {
        return waiting(tenant).stream().map(Waiting::dueAt).toList();
    }

    private List<Waiting> waiting(TenantId tenant) {
        return jdbc.sql(WAITING)
                .param("kind", ChargeWork.KIND.name())
                .param("tenant", tenant.value())
                .query((row, _) -> new Waiting(row.getString("id"), instant(row, "due_at")))
                .list();
    }

    private record Waiting(String id, Instant dueAt) {}

    private static Charge charge(ResultSet row, int rowNumber) throws SQLException {
        UUID payment = row.getObject("payment_id", UUID.class);
        String code = row.getString("failure_code");
        String remedy = row.getString("remedy");
        return new Charge(
                new ChargeId(row.getObject("id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                new BillingMethodId(row.getObject("billing_method_id", UUID.class)),
                row.getString("order_name"),
                Money.ofWon(row.getLong("amount_won")),
                Money.ofWon(row.getLong("tax_free_won")),
                ChargeStatus.valueOf(row.getString("status")),
                row.getInt("call_number"),
                optionalInstant(row, "called_at"),
                new Uncertainty(row.getInt("looks"), row.getInt("vague_answers"), row.getInt("faults")),
                payment == null ? null : new PaymentId(payment),
                code == null ? null : new Failure(code, row.getString("failure_message")),
                remedy == null ? null : ChargeOutcome.Remedy.valueOf(remedy),
                instant(row, "requested_at"),
                instant(row, "changed_at"),
                row.getLong("version"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
