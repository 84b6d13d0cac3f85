package dev.wonflow.payment.payment.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.payment.CapturedFunds;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.payment.Purchase;
import dev.wonflow.runtime.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Payments in PostgreSQL. By hand and not by a mapper, which works out the same statements anew for each call: a
 * quarter of what this service did in a confirm.
 */
@Component
class JdbcPayments implements Payments {

    /** By name: a later version may add columns while this one runs, and a prepared {@code *} would break on them. */
    static final String SELECT = """
        SELECT id, order_id, tenant_id, order_name, amount_won, plan, plan_version, customer_key, livemode, status,
            payment_key, method, balance_won, approved_at, due_at, reversed_at, last_transaction_key, failure_code,
            failure_message, requested_at, changed_at, order_closed_at, account_asked_at, version
        FROM payment WHERE\s""";

    private static final String HOLD = " FOR UPDATE";
    private static final String BY_ID = SELECT + "id = :id";
    private static final String BY_ORDER = SELECT + "order_id = :order";
    private static final String BY_KEY = SELECT + "payment_key = :key";

    private static final String INSERT = """
        INSERT INTO payment (id, order_id, tenant_id, order_name, amount_won, plan, plan_version, customer_key,
            livemode, status, payment_key, method, balance_won, approved_at, due_at, reversed_at, last_transaction_key,
            failure_code, failure_message, requested_at, changed_at, order_closed_at, account_asked_at, version)
        VALUES (:id, :order, :tenant, :orderName, :amount, :plan, :planVersion, :customerKey,
            :livemode, :status, :key, :method, :balance, :approvedAt, :dueAt, :reversedAt, :lastTransactionKey,
            :failureCode, :failureMessage, :requestedAt, :changedAt, :orderClosedAt, :accountAskedAt, 1)
        """;

    /** What is bought, for whom and since when never changes. */
    private static final String UPDATE = """
        UPDATE payment
        SET status = :status, payment_key = :key, method = :method, balance_won = :balance, approved_at = :approvedAt,
            due_at = :dueAt, reversed_at = :reversedAt, last_transaction_key = :lastTransactionKey,
            failure_code = :failureCode, failure_message = :failureMessage, changed_at = :changedAt,
            order_closed_at = :orderClosedAt, account_asked_at = :accountAskedAt, version = version + 1
        WHERE id = :id AND version = :version
        """;

    private final JdbcClient jdbc;

    JdbcPayments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Payment> findById(PaymentId id) {
        return one(BY_ID, "id", id.value());
    }

    @Override
    public Optional<Payment> findAndHoldById(PaymentId id) {
        return one(BY_ID + HOLD, "id", id.value());
    }

    @Override
    public Optional<Payment> findByPurchaseOrderId(OrderId orderId) {
        return one(BY_ORDER, "order", orderId.value());
    }

    @Override
    public Optional<Payment> findAndHoldByPurchaseOrderId(OrderId orderId) {
        return one(BY_ORDER + HOLD, "order", orderId.value());
    }

    @Override
    public Optional<Payment> findByPaymentKey(PaymentKey key) {
        return one(BY_KEY, "key", key.value());
    }

    private Optional<Payment> one(String sql, String parameter, Object value) {
        return jdbc.sql(sql)
                .param(parameter, value)
                .query(JdbcPayments::payment)
                .optional();
    }

    @Override
    public Payment save(Payment payment) {
        if (payment.version() == 0) {
            insert(payment);
        } else {
            update(payment);
        }
        return withVersion(payment, payment.version() + 1);
    }

    private void insert(Payment payment) {
        Purchase purchase = payment.purchase();
        state(INSERT, payment)
                .param("order", purchase.orderId().value())
                .param("tenant", purchase.tenantId().value())
                .param("orderName", purchase.orderName())
                .param("amount", purchase.amount().won())
                .param("plan", purchase.plan())
                .param("planVersion", purchase.planVersion())
                .param("customerKey", purchase.customerKey())
                .param("livemode", payment.livemode())
                .param("requestedAt", at(payment.requestedAt()))
                .update();
    }

    private void update(Payment payment) {
        int updated = state(UPDATE, payment).param("version", payment.version()).update();
        if (updated != 1) {
            throw new OptimisticLockingFailureException(
                    "payment " + payment.id() + ": changed meanwhile (expected: version " + payment.version() + ")");
        }
    }

    private JdbcClient.StatementSpec state(String sql, Payment payment) {
        PaymentKey key = payment.paymentKey();
        CapturedFunds funds = payment.funds();
        Failure failure = payment.failure();
        return jdbc.sql(sql)
                .param("id", payment.id().value())
                .param("status", payment.status().name())
                .param("key", key == null ? null : key.value())
                .param("method", funds == null ? null : funds.method())
                .param("balance", funds == null ? null : funds.balance().won())
                .param("approvedAt", funds == null ? null : at(funds.approvedAt()))
                .param("dueAt", funds == null ? null : at(funds.dueAt()))
                .param("reversedAt", funds == null ? null : at(funds.reversedAt()))
                .param("lastTransactionKey", funds == null ? null : funds.lastTransactionKey())
                .param("failureCode", failure == null ? null : failure.code())
                .param("failureMessage", failure == null ? null : failure.message())
                .param("changedAt", at(payment.changedAt()))
                .param("orderClosedAt", at(payment.orderClosedAt()))
                .param("accountAskedAt", at(payment.accountAskedAt()));
    }

    /** A payment from a row of {@link #SELECT}. */
    static Payment payment(ResultSet row, int rowNumber) throws SQLException {
        String key = row.getString("payment_key");
        String failureCode = row.getString("failure_code");
        return new Payment(
                new PaymentId(row.getObject("id", UUID.class)),
                new Purchase(
                        new OrderId(row.getString("order_id")),
                        new TenantId(row.getString("tenant_id")),
                        row.getString("order_name"),
                        Money.ofWon(row.getLong("amount_won")),
                        row.getString("plan"),
                        row.getObject("plan_version", Long.class),
                        row.getString("customer_key")),
                row.getBoolean("livemode"),
                PaymentStatus.valueOf(row.getString("status")),
                key == null ? null : new PaymentKey(key),
                funds(row),
                failureCode == null ? null : new Failure(failureCode, row.getString("failure_message")),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                instant(row, "order_closed_at"),
                instant(row, "account_asked_at"),
                row.getLong("version"));
    }

    private static @Nullable CapturedFunds funds(ResultSet row) throws SQLException {
        Long balance = row.getObject("balance_won", Long.class);
        return balance == null
                ? null
                : new CapturedFunds(
                        row.getString("method"),
                        Money.ofWon(balance),
                        instant(row, "approved_at"),
                        instant(row, "due_at"),
                        instant(row, "reversed_at"),
                        row.getString("last_transaction_key"));
    }

    private static Payment withVersion(Payment payment, long version) {
        return new Payment(
                payment.id(),
                payment.purchase(),
                payment.livemode(),
                payment.status(),
                payment.paymentKey(),
                payment.funds(),
                payment.failure(),
                payment.requestedAt(),
                payment.changedAt(),
                payment.orderClosedAt(),
                payment.accountAskedAt(),
                version);
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
