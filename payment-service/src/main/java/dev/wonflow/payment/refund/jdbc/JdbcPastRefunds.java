package dev.wonflow.payment.refund.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.payment.PastRefunds;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.refund.RefundStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refunds as the history shows them. */
@Component
class JdbcPastRefunds implements PastRefunds {

    private static final String OF_PAYMENT = """
        SELECT id, origin, status, amount_won, reason, failure_code, requested_at, changed_at FROM refund
        WHERE payment_id = :payment ORDER BY requested_at, id
        """;

    private final JdbcClient jdbc;

    JdbcPastRefunds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<PastRefund> of(PaymentId id) {
        return jdbc.sql(OF_PAYMENT)
                .param("payment", id.value())
                .query(JdbcPastRefunds::refund)
                .list();
    }

    private static PastRefund refund(ResultSet row, int rowNumber) throws SQLException {
        return new PastRefund(
                row.getObject("id", UUID.class),
                RefundOrigin.valueOf(row.getString("origin")),
                RefundStatus.valueOf(row.getString("status")).text(),
                Money.ofWon(row.getLong("amount_won")),
                row.getString("reason"),
                row.getString("failure_code"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
