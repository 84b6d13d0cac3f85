package dev.wonflow.payment.refund.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.AccountSeal;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.RefundAccount;
import dev.wonflow.payment.gateway.Uncertainty;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.refund.Refund;
import dev.wonflow.payment.refund.RefundId;
import dev.wonflow.payment.refund.RefundStatus;
import dev.wonflow.payment.refund.RefundWork;
import dev.wonflow.payment.refund.Refunds;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.work.WorkItem;
import dev.wonflow.work.WorkTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refunds in PostgreSQL; when to go on with them is planned as work. */
@Component
class JdbcRefunds implements Refunds {

    private static final String INSERT = """
        INSERT INTO refund (id, payment_id, payment_key, origin, status, amount_won, tax_free_won, reason, request_key,
                            account, transaction_key, requested_at, changed_at)
        VALUES (:id, :payment, :key, :origin, :status, :amount, :taxFree, :reason, :requestKey, :account,
                :transactionKey, :requestedAt, :changedAt)
        """;

    /** The account goes with the end. */
    private static final String UPDATE = """
        UPDATE refund
        SET status = :status, calls = :calls, refundable_won = :refundable, answered = :answered, looks = :looks,
            vague_answers = :vagueAnswers, faults = :faults, called_at = :calledAt, transaction_key = :transactionKey,
            failure_code = :failureCode, failure_message = :failureMessage, changed_at = :changedAt,
            account = CASE WHEN :ended THEN NULL ELSE account END
        WHERE id = :id
        """;

    private static final String SELECT = """
        SELECT id, payment_id, payment_key, origin, status, amount_won, tax_free_won, reason, request_key, calls,
               refundable_won, answered, looks, vague_answers, faults, called_at, transaction_key, failure_code,
               failure_message, requested_at, changed_at
        FROM refund
        """;

    private static final String BY_ID = SELECT + "WHERE id = :id";

    /** One that a person decided about is found whatever became of it, or a repeat would ask that person again. */
    private static final String BY_REQUEST = SELECT + """
        WHERE payment_id = :payment AND request_key = :requestKey
          AND (status <> 'FAILED' OR id IN (SELECT refund_id FROM refund_approval))
        ORDER BY requested_at DESC LIMIT 1
        """;

    private static final String OPEN = SELECT
            + "WHERE payment_id = :payment AND status IN ('AWAITING_APPROVAL', 'REQUESTED', 'UNKNOWN') ORDER BY requested_at, id";

    private static final String ASKED_FOR = """
        SELECT coalesce(sum(amount_won), 0)::bigint FROM refund
        WHERE payment_id = :payment AND origin = 'REQUESTED' AND status <> 'FAILED'
        """;

    private static final String AWAITING_APPROVAL = SELECT + """
        WHERE status = 'AWAITING_APPROVAL' AND payment_id IN (SELECT id FROM payment WHERE tenant_id = :tenant)
        ORDER BY requested_at, id LIMIT :limit
        """;

    private static final String TRANSACTION_KEYS =
            "SELECT transaction_key FROM refund WHERE payment_key = :key AND transaction_key IS NOT NULL";

    private static final String LAST_CALL = "SELECT max(called_at) FROM refund WHERE payment_id = :payment";

    private static final String ACCOUNT = "SELECT account FROM refund WHERE id = :id AND account IS NOT NULL";

    private final JdbcClient jdbc;
    private final WorkTable work;
    private final AccountSeal seal;

    JdbcRefunds(JdbcClient jdbc, WorkTable work, AccountSeal seal) {
        this.jdbc = jdbc;
        this.work = work;
        this.seal = seal;
    }

    @Override
    public void add(Refund refund, @Nullable RefundAccount account) {
        jdbc.sql(INSERT)
                .param("id", refund.id().value())
                .param("payment", refund.paymentId().value())
                .param("key", refund.paymentKey().value())
                .param("origin", refund.origin().name())
                .param("status", refund.status().name())
                .param("amount", refund.amount().won())
                .param("taxFree", refund.taxFree().won())
                .param("reason", refund.reason(), Types.VARCHAR)
                .param("requestKey", refund.requestKey(), Types.VARCHAR)
                .param(
                        "account",
                        account == null ? null : seal.seal(account, refund.id().toString()),
                        Types.BINARY)
                .param("transactionKey", refund.transactionKey(), Types.VARCHAR)
                .param("requestedAt", utc(refund.requestedAt()))
                .param("changedAt", utc(refund.changedAt()))
                .update();
    }

    @Override
    public void save(Refund refund) {
        Refund.Call call = refund.call();
        Failure failure = refund.failure();
        jdbc.sql(UPDATE)
                .param("id", refund.id().value())
                .param("status", refund.status().name())
                .param("calls", call == null ? 0 : call.number())
                .param("refundable", call == null ? null : call.refundable().won(), Types.BIGINT)
                .param("answered", call != null && call.answered())
                .param("looks", refund.uncertainty().looks())
                .param("vagueAnswers", refund.uncertainty().vagueAnswers())
                .param("faults", refund.uncertainty().faults())
                .param("calledAt", call == null ? null : utc(call.at()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("transactionKey", refund.transactionKey(), Types.VARCHAR)
                .param("failureCode", failure == null ? null : failure.code(), Types.VARCHAR)
                .param("failureMessage", failure == null ? null : failure.message(), Types.VARCHAR)
                .param("changedAt", utc(refund.changedAt()))
                .param("ended", refund.status().isEnded())
                .update();
    }

    @Override
    public Optional<Refund> find(RefundId id) {
        return jdbc.sql(BY_ID)
                .param("id", id.value())
                .query(JdbcRefunds::refund)
                .optional();
    }

    @Override
    public Optional<Refund> find(PaymentId paymentId, String requestKey) {
        return jdbc.sql(BY_REQUEST)
                .param("payment", paymentId.value())
                .param("requestKey", requestKey)
                .query(JdbcRefunds::refund)
                .optional();
    }

    @Override
    public List<Refund> open(PaymentId paymentId) {
        return jdbc.sql(OPEN)
                .param("payment", paymentId.value())
                .query(JdbcRefunds::refund)
                .list();
    }

    @Override
    public Money askedFor(PaymentId paymentId) {
        return Money.ofWon(jdbc.sql(ASKED_FOR)
                .param("payment", paymentId.value())
                .query(Long.class)
                .single());
    }

    @Override
    public List<Refund> awaitingApproval(TenantId tenant, int limit) {
        return jdbc.sql(AWAITING_APPROVAL)
                .param("tenant", tenant.value())
                .param("limit", limit)
                .query(JdbcRefunds::refund)
                .list();
    }

    @Override
    public Set<String> transactionKeys(PaymentKey key) {
        return jdbc
                .sql(TRANSACTION_KEYS)
                .param("key", key.value())
                .query((row, _) -> row.getString("transaction_key"))
                .list()
                .stream()
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<Instant> lastCallAt(PaymentId paymentId) {
        return jdbc.sql(LAST_CALL)
                .param("payment", paymentId.value())
                .query((row, _) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .single();
    }

    @Override
    public Optional<RefundAccount> account(RefundId id) {
        return jdbc.sql(ACCOUNT)
                .param("id", id.value())
                .query((row, _) -> row.getBytes("account"))
                .optional()
                .flatMap(account -> seal.open(account, id.toString()));
    }

    @Override
    public void plan(RefundId id, PaymentId paymentId, Instant due) {
        work.plan(new WorkItem(RefundWork.KIND, id.toString(), paymentId.toString(), due, 0, null));
    }

    private static Refund refund(ResultSet row, int rowNumber) throws SQLException {
        int calls = row.getInt("calls");
        String code = row.getString("failure_code");
        return new Refund(
                new RefundId(row.getObject("id", UUID.class)),
                new PaymentId(row.getObject("payment_id", UUID.class)),
                new PaymentKey(row.getString("payment_key")),
                RefundOrigin.valueOf(row.getString("origin")),
                RefundStatus.valueOf(row.getString("status")),
                Money.ofWon(row.getLong("amount_won")),
                Money.ofWon(row.getLong("tax_free_won")),
                row.getString("reason"),
                row.getString("request_key"),
                calls == 0 ? null : call(row, calls),
                new Uncertainty(row.getInt("looks"), row.getInt("vague_answers"), row.getInt("faults")),
                row.getString("transaction_key"),
                code == null ? null : new Failure(code, row.getString("failure_message")),
                instant(row, "requested_at"),
                instant(row, "changed_at"));
    }

    private static Refund.Call call(ResultSet row, int number) throws SQLException {
        return new Refund.Call(
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
