package dev.wonflow.payment.receipt.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.gateway.ReceiptNumber;
import dev.wonflow.payment.gateway.ReceiptType;
import dev.wonflow.payment.gateway.Uncertainty;
import dev.wonflow.payment.receipt.FollowWork;
import dev.wonflow.payment.receipt.ReceiptRequest;
import dev.wonflow.payment.receipt.ReceiptRequestId;
import dev.wonflow.payment.receipt.ReceiptRequestStatus;
import dev.wonflow.payment.receipt.ReceiptRequests;
import dev.wonflow.payment.receipt.ReceiptWork;
import dev.wonflow.payment.seal.Owner;
import dev.wonflow.payment.seal.Seal;
import dev.wonflow.payment.seal.SealedStore;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.work.WorkItem;
import dev.wonflow.work.WorkTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Requests about cash receipts in PostgreSQL; when to go on with them is planned as work. */
@Component
class JdbcReceiptRequests implements ReceiptRequests, SealedStore {

    private static final String PURPOSE = "wonflow cash receipt 1";

    private static final String INSERT = """
        INSERT INTO cash_receipt_request (id, payment_id, transaction_type, receipt_type, status, amount_won,
            receipt_key, request_key, customer, sealed_under, requested_at, changed_at)
        VALUES (:id, :payment, :kind, :type, :status, :amount, :receiptKey, :requestKey, :customer, :under,
            :requestedAt, :changedAt)
        """;

    /** The customer goes with the end. */
    private static final String UPDATE = """
        UPDATE cash_receipt_request
        SET status = :status, amount_won = :amount, tax_free_won = :taxFree, receipt_key = :receiptKey, calls = :calls,
            first_called_at = :firstCalledAt, called_at = :calledAt, answered = :answered, looks = :looks,
            vague_answers = :vagueAnswers, faults = :faults, failure_code = :failureCode, changed_at = :changedAt,
            customer = CASE WHEN :ended THEN NULL ELSE customer END,
            sealed_under = CASE WHEN :ended THEN NULL ELSE sealed_under END
        WHERE id = :id
        """;

    private static final String SELECT = """
        SELECT id, payment_id, transaction_type, receipt_type, status, amount_won, tax_free_won, receipt_key,
               request_key, calls, first_called_at, called_at, answered, looks, vague_answers, faults, failure_code,
               requested_at, changed_at
        FROM cash_receipt_request
        """;

    private static final String BY_ID = SELECT + "WHERE id = :id";
    private static final String BY_REQUEST =
            SELECT + "WHERE payment_id = :payment AND request_key = :requestKey AND status <> 'FAILED'";
    private static final String OF_PAYMENT = SELECT + "WHERE payment_id = :payment ORDER BY requested_at, id";
    private static final String CUSTOMER =
            "SELECT customer FROM cash_receipt_request WHERE id = :id AND customer IS NOT NULL";

    /** Two ranges can be read from an index, and "another" cannot. */
    private static final String UNDER_OTHERS =
            "customer IS NOT NULL AND (sealed_under < :under OR sealed_under > :under)";

    private static final String SEALED_UNDER_OTHERS = "SELECT cash_receipt_request.id, tenant_id, customer"
            + " FROM cash_receipt_request JOIN payment ON payment.id = payment_id WHERE " + UNDER_OTHERS
            + " AND cash_receipt_request.id > :after ORDER BY cash_receipt_request.id"
            + " LIMIT :limit FOR UPDATE OF cash_receipt_request SKIP LOCKED";
    private static final String RESEAL =
            "UPDATE cash_receipt_request SET customer = :customer, sealed_under = :under WHERE id = :id";
    private static final String COUNT = "SELECT count(*) FROM cash_receipt_request WHERE " + UNDER_OTHERS;

    private final JdbcClient jdbc;
    private final WorkTable work;
    private final Seal seal;

    JdbcReceiptRequests(JdbcClient jdbc, WorkTable work, Seal seal) {
        this.jdbc = jdbc;
        this.work = work;
        this.seal = seal;
    }

    @Override
    public void add(ReceiptRequest request, TenantId tenant, @Nullable ReceiptNumber customer) {
        jdbc.sql(INSERT)
                .param("id", request.id().value())
                .param("payment", request.paymentId().value())
                .param("kind", request.kind().name())
                .param("type", request.type().name())
                .param("status", request.status().name())
                .param("amount", request.amount().won())
                .param("receiptKey", request.receiptKey(), Types.VARCHAR)
                .param("requestKey", request.requestKey(), Types.VARCHAR)
                .param(
                        "customer",
                        customer == null
                                ? null
                                : seal.seal(
                                        customer.digits(),
                                        owner(tenant, request.id().value())),
                        Types.BINARY)
                .param("under", customer == null ? null : seal.sealsUnder(), Types.INTEGER)
                .param("requestedAt", utc(request.requestedAt()))
                .param("changedAt", utc(request.changedAt()))
                .update();
    }

    @Override
    public void save(ReceiptRequest request) {
        ReceiptRequest.Call call = request.call();
        Failure failure = request.failure();
        jdbc.sql(UPDATE)
                .param("id", request.id().value())
                .param("status", request.status().name())
                .param("amount", request.amount().won())
                .param("taxFree", request.taxFree().won())
                .param("receiptKey", request.receiptKey(), Types.VARCHAR)
                .param("calls", call == null ? 0 : call.number())
                .param("firstCalledAt", call == null ? null : utc(call.firstAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("calledAt", call == null ? null : utc(call.at()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("answered", call != null && call.answered())
                .param("looks", request.uncertainty().looks())
                .param("vagueAnswers", request.uncertainty().vagueAnswers())
                .param("faults", request.uncertainty().faults())
                .param("failureCode", failure == null ? null : failure.code(), Types.VARCHAR)
                .param("changedAt", utc(request.changedAt()))
                .param("ended", request.status().isEnded())
                .update();
    }

    @Override
    public Optional<ReceiptRequest> find(ReceiptRequestId id) {
        return jdbc.sql(BY_ID)
                .param("id", id.value())
                .query(JdbcReceiptRequests::request)
                .optional();
    }

    @Override
    public Optional<ReceiptRequest> find(PaymentId paymentId, String requestKey) {
        return jdbc.sql(BY_REQUEST)
                .param("payment", paymentId.value())
                .param("requestKey", requestKey)
                .query(JdbcReceiptRequests::request)
                .optional();
    }

    @Override
    public List<ReceiptRequest> of(PaymentId paymentId) {
        return jdbc.sql(OF_PAYMENT)
                .param("payment", paymentId.value())
                .query(JdbcReceiptRequests::request)
                .list();
    }

    @Override
    public Optional<ReceiptNumber> customer(ReceiptRequestId id, TenantId tenant) {
        return jdbc.sql(CUSTOMER)
                .param("id", id.value())
                .query((row, _) -> row.getBytes("customer"))
                .optional()
                .flatMap(kept -> opened(kept, owner(tenant, id.value())))
                .map(ReceiptNumber::new);
    }

    private Optional<String> opened(byte[] kept, Owner owner) {
        return seal.isSetUp() ? seal.open(kept, owner) : Optional.empty();
    }

    @Override
    public void plan(PaymentId paymentId, Instant due) {
        work.plan(new WorkItem(ReceiptWork.KIND, paymentId.toString(), paymentId.toString(), due, 0, null));
    }

    @Override
    public void planLook(LocalDate day, Instant due) {
        work.bringForward(WorkItem.of(FollowWork.KIND, day.toString(), due));
    }

    @Override
    public void planNextLook(LocalDate day, Instant due) {
        work.plan(WorkItem.of(FollowWork.KIND, day.toString(), due));
    }

    @Override
    public String contents() {
        return "numbers of cash receipts";
    }

    @Override
    public String meter() {
        return "wonflow.receipt.numbers.old";
    }

    @Override
    public Step reseal(UUID after, int limit) {
        record Row(Owner owner, Optional<String> number) {}
        List<Row> old = jdbc.sql(SEALED_UNDER_OTHERS)
                .param("under", seal.sealsUnder())
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> {
                    Owner owner = owner(new TenantId(row.getString("tenant_id")), row.getObject("id", UUID.class));
                    return new Row(owner, seal.open(row.getBytes("customer"), owner));
                })
                .list();
        List<UUID> unreadable = new ArrayList<>();
        for (Row row : old) {
            row.number()
                    .ifPresentOrElse(
                            number -> sealAnew(row.owner(), number),
                            () -> unreadable.add(row.owner().id()));
        }
        UUID last = old.isEmpty() ? after : old.getLast().owner().id();
        return new Step(old.size() - unreadable.size(), unreadable, last);
    }

    private void sealAnew(Owner owner, String number) {
        jdbc.sql(RESEAL)
                .param("id", owner.id())
                .param("customer", seal.seal(number, owner))
                .param("under", seal.sealsUnder())
                .update();
    }

    @Override
    public long sealedUnderOthers() {
        return seal.isSetUp()
                ? jdbc.sql(COUNT)
                        .param("under", seal.sealsUnder())
                        .query(Long.class)
                        .single()
                : 0;
    }

    private static Owner owner(TenantId tenant, UUID request) {
        return new Owner(PURPOSE, tenant, request);
    }

    private static ReceiptRequest request(ResultSet row, int rowNumber) throws SQLException {
        int calls = row.getInt("calls");
        String code = row.getString("failure_code");
        return new ReceiptRequest(
                new ReceiptRequestId(row.getObject("id", UUID.class)),
                new PaymentId(row.getObject("payment_id", UUID.class)),
                GatewayReceipt.Kind.valueOf(row.getString("transaction_type")),
                ReceiptType.valueOf(row.getString("receipt_type")),
                ReceiptRequestStatus.valueOf(row.getString("status")),
                Money.ofWon(row.getLong("amount_won")),
                Money.ofWon(row.getLong("tax_free_won")),
                row.getString("receipt_key"),
                row.getString("request_key"),
                calls == 0
                        ? null
                        : new ReceiptRequest.Call(
                                calls,
                                instant(row, "first_called_at"),
                                instant(row, "called_at"),
                                row.getBoolean("answered")),
                new Uncertainty(row.getInt("looks"), row.getInt("vague_answers"), row.getInt("faults")),
                code == null ? null : new Failure(code, null),
                instant(row, "requested_at"),
                instant(row, "changed_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
