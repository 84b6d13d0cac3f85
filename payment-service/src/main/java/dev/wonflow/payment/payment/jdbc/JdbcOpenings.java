package dev.wonflow.payment.payment.jdbc;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.gateway.Buyer;
import dev.wonflow.payment.gateway.BuyerSeal;
import dev.wonflow.payment.payment.AccountOpening;
import dev.wonflow.payment.payment.Openings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Openings in PostgreSQL; a unique index lets a payment have one that has not ended. */
@Component
class JdbcOpenings implements Openings {

    private static final String ADD = """
        INSERT INTO payment_opening (id, payment_id, bank, due_at, buyer, status, calls, answered, requested_at, called_at,
                                     changed_at)
        VALUES (:id, :payment, :bank, :dueAt, :buyer, :status, :calls, :answered, :requestedAt, :calledAt, :changedAt)
        """;

    /** The buyer goes with the end. */
    private static final String SAVE = """
        UPDATE payment_opening
        SET status = :status, calls = :calls, answered = :answered, code = :code, called_at = :calledAt,
            changed_at = :changedAt, buyer = CASE WHEN :open THEN buyer END
        WHERE id = :id
        """;

    private static final String FIND_OPEN = """
        SELECT id, payment_id, bank, due_at, status, calls, answered, code, requested_at, called_at, changed_at
        FROM payment_opening WHERE payment_id = :payment AND status IN ('CALLING', 'UNKNOWN')
        """;

    private static final String BUYER = "SELECT buyer FROM payment_opening WHERE id = :id AND buyer IS NOT NULL";

    private static final String REQUESTED_SINCE = """
        SELECT requested_at FROM payment_opening WHERE payment_id = :payment AND requested_at > :since
        ORDER BY requested_at
        """;

    private static final int MAX_CODE = 100;

    private final JdbcClient jdbc;
    private final BuyerSeal seal;

    JdbcOpenings(JdbcClient jdbc, BuyerSeal seal) {
        this.jdbc = jdbc;
        this.seal = seal;
    }

    @Override
    public void add(AccountOpening opening, Buyer buyer) {
        jdbc.sql(ADD)
                .param("id", opening.id())
                .param("payment", opening.paymentId().value())
                .param("bank", opening.bank())
                .param("dueAt", opening.dueAt().atOffset(ZoneOffset.UTC))
                .param("buyer", seal.seal(buyer, opening.id().toString()))
                .param("status", opening.status().name())
                .param("calls", opening.calls())
                .param("answered", opening.answered())
                .param("requestedAt", opening.requestedAt().atOffset(ZoneOffset.UTC))
                .param("calledAt", opening.calledAt().atOffset(ZoneOffset.UTC))
                .param("changedAt", opening.changedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void save(AccountOpening opening) {
        jdbc.sql(SAVE)
                .param("id", opening.id())
                .param("status", opening.status().name())
                .param("calls", opening.calls())
                .param("answered", opening.answered())
                .param("code", Text.cut(opening.code(), MAX_CODE))
                .param("calledAt", opening.calledAt().atOffset(ZoneOffset.UTC))
                .param("changedAt", opening.changedAt().atOffset(ZoneOffset.UTC))
                .param("open", opening.status().isOpen())
                .update();
    }

    @Override
    public Optional<AccountOpening> findOpen(PaymentId id) {
        return jdbc.sql(FIND_OPEN)
                .param("payment", id.value())
                .query(JdbcOpenings::opening)
                .optional();
    }

    @Override
    public Optional<Buyer> buyer(AccountOpening opening) {
        return jdbc.sql(BUYER)
                .param("id", opening.id())
                .query((row, _) -> row.getBytes("buyer"))
                .optional()
                .flatMap(buyer -> seal.open(buyer, opening.id().toString()));
    }

    @Override
    public List<Instant> requestedSince(PaymentId id, Instant since) {
        return jdbc.sql(REQUESTED_SINCE)
                .param("payment", id.value())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, _) -> instant(row, "requested_at"))
                .list();
    }

    private static AccountOpening opening(ResultSet row, int rowNumber) throws SQLException {
        return new AccountOpening(
                row.getObject("id", UUID.class),
                new PaymentId(row.getObject("payment_id", UUID.class)),
                row.getString("bank"),
                instant(row, "due_at"),
                AccountOpening.Status.valueOf(row.getString("status")),
                row.getInt("calls"),
                row.getBoolean("answered"),
                row.getString("code"),
                instant(row, "requested_at"),
                instant(row, "called_at"),
                instant(row, "changed_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
