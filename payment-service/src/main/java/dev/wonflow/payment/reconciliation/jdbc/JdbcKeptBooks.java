package dev.wonflow.payment.reconciliation.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.payment.gateway.books.ListedTransaction;
import dev.wonflow.payment.gateway.books.SettlementLine;
import dev.wonflow.payment.reconciliation.BookedPayment;
import dev.wonflow.payment.reconciliation.Comparison;
import dev.wonflow.payment.reconciliation.KeptBooks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The books in PostgreSQL. */
@Component
class JdbcKeptBooks implements KeptBooks {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private static final String TAKE_TURN = """
        UPDATE reconciliation_turn SET taken_at = :now, begins_at = coalesce(begins_at, :today)
        WHERE taken_at IS NULL OR taken_at <= :due
        RETURNING coalesce(GREATEST((SELECT max(day) FROM reconciliation_day), closing) + 1,
            (begins_at AT TIME ZONE 'Asia/Seoul')::date)
        """;

    private static final String FORGET_TRANSACTIONS = "DELETE FROM toss_transaction WHERE at >= :start AND at < :end";
    private static final String FORGET_SETTLEMENTS = "DELETE FROM toss_settlement WHERE sold_on BETWEEN :from AND :to";
    private static final String KEEP_TRANSACTION = """
        INSERT INTO toss_transaction (transaction_key, order_id, payment_key, status, amount_won, at)
        VALUES (:key, :order, :paymentKey, :status, :amount, :at)
        """;
    private static final String KEEP_SETTLEMENT = """
        INSERT INTO toss_settlement (transaction_key, order_id, method, back, amount_won, fee_won, interest_won, vat_won,
                                     pay_out_won, sold_on, paid_out_on)
        VALUES (:key, :order, :method, :back, :amount, :fee, :interest, :vat, :payOut, :soldOn, :paidOutOn)
        """;

    /** What has something in a period. What was settled is in it by its sale; its posting comes later. */
    private static final String TOUCHED = """
        SELECT order_id FROM toss_transaction WHERE at >= :start AND at < :end
        UNION
        SELECT order_id FROM toss_settlement WHERE sold_on BETWEEN :from AND :to
        UNION
        SELECT order_id FROM ledger_entry JOIN payment ON payment.id = payment_id
        WHERE happened_at >= :start AND happened_at < :end AND reference IS NULL AND payment.livemode = :livemode
        """;

    private static final String ORDERS = """
        SELECT order_id FROM (%s UNION SELECT order_id FROM reconciliation_case WHERE closed_at IS NULL) AS touched
        WHERE NOT EXISTS (
            SELECT FROM payment JOIN ledger_entry ON payment_id = payment.id, reconciliation_turn
            WHERE payment.order_id = touched.order_id AND happened_at < begins_at)
        ORDER BY order_id
        """.formatted(TOUCHED);
    private static final String IS_CLOSABLE = """
        WITH touched AS MATERIALIZED (%s)
        SELECT NOT EXISTS (
                SELECT FROM reconciliation_case
                WHERE closed_at IS NULL AND explanation IS NULL AND order_id IN (SELECT order_id FROM touched))
            AND NOT EXISTS (
                SELECT FROM toss_transaction WHERE at > :moment AND order_id IN (SELECT order_id FROM touched))
            AND NOT EXISTS (
                SELECT FROM ledger_entry JOIN payment ON payment.id = payment_id
                WHERE happened_at > :moment AND reference IS NULL AND order_id IN (SELECT order_id FROM touched))
        """.formatted(TOUCHED);

    /**
     * A key under which Toss took another sum than the order's counts for nothing, whatever attempt it was of. One that
     * money of the order was booked under counts, also before its stray capture is found to.
     */
    private static final String BOOKED = """
        SELECT payment.id, payment.order_id,
            CASE WHEN stray.id IS NULL OR captured_won > 0 THEN payment.payment_key END AS payment_key,
            coalesce(captured_won, 0) AS captured, coalesce(refunded_won, 0) AS refunded
        FROM payment LEFT JOIN LATERAL (SELECT * FROM ledger_position WHERE payment_id = payment.id) AS position ON true
            LEFT JOIN stray_capture AS stray ON stray.payment_key = payment.payment_key AND stray.status <> 'COUNTED'
        WHERE payment.order_id = ANY (CAST(:orders AS text[])) AND livemode = :livemode
        """;

    private static final String TRANSACTIONS =
            "SELECT * FROM toss_transaction WHERE order_id = ANY (CAST(:orders AS text[]))";
    private static final String SETTLEMENTS =
            "SELECT * FROM toss_settlement WHERE order_id = ANY (CAST(:orders AS text[]))";

    private static final String MOVED_AFTER = """
        SELECT order_id FROM toss_transaction WHERE order_id = ANY (CAST(:orders AS text[])) AND at > :moment
        UNION
        SELECT order_id FROM payment JOIN ledger_entry ON payment_id = payment.id
        WHERE order_id = ANY (CAST(:orders AS text[])) AND happened_at > :moment AND reference IS NULL
        """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;
    private final Merchant merchant;

    JdbcKeptBooks(JdbcClient jdbc, NamedParameterJdbcOperations batches, Merchant merchant) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.merchant = merchant;
    }

    @Override
    public Optional<LocalDate> takeTurn(Instant now, Duration every) {
        return jdbc.sql(TAKE_TURN)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("today", start(LocalDate.ofInstant(now, SEOUL)))
                .param("due", now.minus(every).atOffset(ZoneOffset.UTC))
                .query(LocalDate.class)
                .optional();
    }

    @Override
    public void returnTurn(Instant takenAt) {
        jdbc.sql("UPDATE reconciliation_turn SET taken_at = NULL WHERE taken_at = :takenAt")
                .param("takenAt", takenAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void replace(
            LocalDate from,
            LocalDate to,
            Collection<ListedTransaction> transactions,
            Collection<SettlementLine> settlements) {
        // Two cycles at once would each keep what the other has not seen.
        jdbc.sql("SELECT FROM reconciliation_turn FOR UPDATE")
                .query((_, _) -> true)
                .list();
        period(FORGET_TRANSACTIONS, from, to).update();
        period(FORGET_SETTLEMENTS, from, to).update();
        batches.batchUpdate(
                KEEP_TRANSACTION,
                transactions.stream().map(JdbcKeptBooks::parameters).toArray(MapSqlParameterSource[]::new));
        batches.batchUpdate(
                KEEP_SETTLEMENT,
                settlements.stream().map(JdbcKeptBooks::parameters).toArray(MapSqlParameterSource[]::new));
    }

    private static MapSqlParameterSource parameters(ListedTransaction listed) {
        return new MapSqlParameterSource("key", listed.key())
                .addValue("order", listed.orderId().value())
                .addValue("paymentKey", listed.paymentKey().value())
                .addValue("status", listed.status())
                .addValue("amount", listed.amount().won())
                .addValue("at", listed.at().atOffset(ZoneOffset.UTC));
    }

    private static MapSqlParameterSource parameters(SettlementLine line) {
        return new MapSqlParameterSource("key", line.transactionKey())
                .addValue("order", line.orderId().value())
                .addValue("method", line.method())
                .addValue("back", line.back())
                .addValue("amount", line.amount().won())
                .addValue("fee", line.fee().won())
                .addValue("interest", line.interest().won())
                .addValue("vat", line.vat().won())
                .addValue("payOut", line.payOutWon())
                .addValue("soldOn", line.soldOn())
                .addValue("paidOutOn", line.paidOutOn());
    }

    @Override
    public List<OrderId> orders(LocalDate from, LocalDate to) {
        return period(ORDERS, from, to)
                .param("livemode", merchant.livemode())
                .query((row, _) -> new OrderId(row.getString("order_id")))
                .list();
    }

    @Override
    public boolean isClosable(LocalDate day, Instant moment) {
        return period(IS_CLOSABLE, day, day)
                .param("livemode", merchant.livemode())
                .param("moment", moment.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    @Override
    public Comparison.Books of(Collection<OrderId> orders) {
        String[] ids = values(orders);
        List<BookedPayment> booked = jdbc.sql(BOOKED)
                .param("orders", ids)
                .param("livemode", merchant.livemode())
                .query(JdbcKeptBooks::booked)
                .list();
        List<ListedTransaction> listed = jdbc.sql(TRANSACTIONS)
                .param("orders", ids)
                .query(JdbcKeptBooks::transaction)
                .list();
        List<SettlementLine> settled = jdbc.sql(SETTLEMENTS)
                .param("orders", ids)
                .query((row, _) -> SettlementRow.read(row))
                .list();
        return new Comparison.Books(booked, ListedTransaction.movements(listed), settled);
    }

    @Override
    public List<OrderId> movedAfter(Instant moment, Collection<OrderId> orders) {
        return jdbc.sql(MOVED_AFTER)
                .param("orders", values(orders))
                .param("moment", moment.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new OrderId(row.getString("order_id")))
                .list();
    }

    private JdbcClient.StatementSpec period(String sql, LocalDate from, LocalDate to) {
        return jdbc.sql(sql)
                .param("from", from)
                .param("to", to)
                .param("start", start(from))
                .param("end", start(to.plusDays(1)));
    }

    private static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay(SEOUL).toOffsetDateTime();
    }

    private static String[] values(Collection<OrderId> orders) {
        return orders.stream().map(OrderId::value).toArray(String[]::new);
    }

    private static BookedPayment booked(ResultSet row, int rowNumber) throws SQLException {
        String key = row.getString("payment_key");
        return new BookedPayment(
                new PaymentId(Objects.requireNonNull(row.getObject("id", UUID.class))),
                new OrderId(row.getString("order_id")),
                key == null ? null : new PaymentKey(key),
                Money.ofWon(row.getLong("captured")),
                Money.ofWon(row.getLong("refunded")));
    }

    private static ListedTransaction transaction(ResultSet row, int rowNumber) throws SQLException {
        return new ListedTransaction(
                row.getString("transaction_key"),
                new OrderId(row.getString("order_id")),
                new PaymentKey(row.getString("payment_key")),
                row.getString("status"),
                Money.ofWon(row.getLong("amount_won")),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
