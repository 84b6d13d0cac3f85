package dev.wonflow.payment.reconciliation.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.gateway.books.SettlementLine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Objects;

/** Reads rows of the table {@code toss_settlement}. */
final class SettlementRow {

    private SettlementRow() {}

    static SettlementLine read(ResultSet row) throws SQLException {
        return new SettlementLine(
                row.getString("transaction_key"),
                new OrderId(row.getString("order_id")),
                row.getString("method"),
                row.getBoolean("back"),
                Money.ofWon(row.getLong("amount_won")),
                Money.ofWon(row.getLong("fee_won")),
                Money.ofWon(row.getLong("interest_won")),
                Money.ofWon(row.getLong("vat_won")),
                row.getLong("pay_out_won"),
                Objects.requireNonNull(row.getObject("sold_on", LocalDate.class)),
                Objects.requireNonNull(row.getObject("paid_out_on", LocalDate.class)));
    }
}
