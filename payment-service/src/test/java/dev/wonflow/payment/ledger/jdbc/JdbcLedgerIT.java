package dev.wonflow.payment.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentDatabase;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.ledger.LedgerEntry;
import dev.wonflow.payment.ledger.Position;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DuplicateKeyException;

/** What the database itself sees to, whoever writes. */
class JdbcLedgerIT {

    private static final Position HELD = new Position(Money.ofWon(33_000), Money.ZERO);
    private static final String PAID =
            "status = 'PAID', payment_key = id::text, balance_won = 33000, approved_at = now()";

    private static PaymentDatabase database;
    private static JdbcLedger ledger;
    private static int payments;

    private PaymentId payment;

    @BeforeAll
    static void createTables() {
        database = new PaymentDatabase();
        ledger = new JdbcLedger(database.jdbc, new SequentialIds());
    }

    @BeforeEach
    void takeMoney() {
        payment = database.payment(++payments);
        database.transaction.executeWithoutResult(_ -> {
            change(PAID);
            ledger.post(entry(2, LedgerEntry.Kind.CAPTURED, Position.NOTHING, HELD));
        });
    }

    @Test
    void entry_is_kept_as_it_was_posted() {
        assertThat(postings()).containsExactly("2 CAPTURED CUSTOMER_CLEARING -33000", "2 CAPTURED PG_RECEIVABLE 33000");
        assertThat(position()).isEqualTo("33000 - 0 = 33000, owed 0");
        assertThat(carriedOver()).isZero();
    }

    @Test
    void second_entry_of_the_same_change_is_refused() {
        assertThatThrownBy(() -> database.transaction.executeWithoutResult(
                        _ -> ledger.post(entry(2, LedgerEntry.Kind.CAPTURED, Position.NOTHING, HELD))))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void money_that_moves_in_the_ledger_alone_is_refused() {
        refused(() -> ledger.post(entry(3, LedgerEntry.Kind.REFUNDED, HELD, Position.NOTHING)))
                .hasMessageContaining("captured 33000 won, refunded 33000 won, balance 0 won")
                .hasMessageContaining("expected: balance 33000 won");
    }

    @Test
    void entry_of_another_sum_than_the_payments_is_refused() {
        refused(() -> {
                    change("status = 'PARTIALLY_REFUNDED', balance_won = 21000");
                    ledger.post(
                            entry(3, LedgerEntry.Kind.REFUNDED, HELD, new Position(Money.ofWon(21_001), Money.ZERO)));
                })
                .hasMessageContaining("expected: balance 21000 won");
    }

    @Test
    void payment_whose_balance_is_changed_behind_its_entry_is_refused() {
        refused(() -> database.jdbc
                        .sql("UPDATE payment SET balance_won = 1 WHERE id = ?")
                        .param(payment.value())
                        .update())
                .hasMessageContaining("expected: balance 1 won");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "INSERT INTO ledger_posting SELECT id, 'FEES', 330 FROM added",
                "INSERT INTO ledger_posting SELECT id, account, 330 FROM added, (VALUES ('FEES'), ('SUSPENSE')) AS a (account)",
                "INSERT INTO ledger_posting SELECT id, 'FEES', 331 FROM added UNION ALL SELECT id, 'PAYOUTS', -331 FROM added",
                "INSERT INTO ledger_posting SELECT id, 'FEES', 330 FROM added UNION ALL SELECT id, 'PAYOUTS', -329 FROM added",
            })
    void entry_that_does_not_add_up_is_refused(String postings) {
        refused(() -> {
                    database.jdbc
                            .sql("CREATE TEMPORARY TABLE added (id uuid) ON COMMIT DROP")
                            .update();
                    database.jdbc.sql("""
                            WITH entry AS (
                                INSERT INTO ledger_entry (id, payment_id, payment_version, kind, tenant_id, livemode,
                                    amount_won, happened_at)
                                VALUES (gen_random_uuid(), ?, 9, 'OWED', 'default', false, 330, now()) RETURNING id)
                            INSERT INTO added SELECT id FROM entry
                            """).param(payment.value()).update();
                    if (!postings.isEmpty()) {
                        database.jdbc.sql(postings).update();
                    }
                })
                .hasMessageContaining("(expected: 330 won each)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, 'FEES', 330 FROM ledger_entry WHERE payment_id = ?",
                "SELECT id, account, won FROM ledger_entry, (VALUES ('FEES', 330), ('PAYOUTS', -330)) AS p (account, won)"
                        + " WHERE payment_id = ?",
            })
    void nothing_can_be_added_to_an_entry_later(String postings) {
        refused(() -> database.jdbc
                        .sql("INSERT INTO ledger_posting " + postings)
                        .param(payment.value())
                        .update())
                .hasMessageContaining("(expected: 33000 won each)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_entry SET amount_won = 1",
                "UPDATE ledger_posting SET amount_won = 1",
                "DELETE FROM ledger_entry",
                "DELETE FROM ledger_posting",
                "TRUNCATE ledger_posting",
                "TRUNCATE payment CASCADE",
            })
    void nothing_is_changed_or_removed(String sql) {
        refused(() -> database.jdbc.sql(sql).update()).hasMessageContaining("(expected: INSERT only)");
    }

    @Test
    void of_two_refunds_at_once_that_are_more_than_there_is_one_is_refused() throws SQLException {
        Position rest = new Position(Money.ofWon(13_000), Money.ZERO);
        CompletableFuture<Void> second;
        try (Connection first = database.server.connect()) {
            first.setAutoCommit(false);
            first.createStatement()
                    .execute("UPDATE payment SET status = 'PARTIALLY_REFUNDED', balance_won = 13000, version = 3"
                            + " WHERE id = '" + payment + "'");
            first.createStatement().execute("""
                WITH entry AS (
                    INSERT INTO ledger_entry (id, payment_id, payment_version, kind, tenant_id, livemode, amount_won,
                        happened_at)
                    VALUES (gen_random_uuid(), '%s', 3, 'REFUNDED', 'default', false, 20000, now()) RETURNING id)
                INSERT INTO ledger_posting
                SELECT id, account, won
                FROM entry, (VALUES ('PG_RECEIVABLE', -20000), ('CUSTOMER_CLEARING', 20000)) AS p (account, won)
                """.formatted(payment));
            second = CompletableFuture.runAsync(() -> database.transaction.executeWithoutResult(_ -> {
                database.jdbc
                        .sql("UPDATE payment SET status = 'PARTIALLY_REFUNDED', balance_won = 13000, version = 4"
                                + " WHERE id = ?")
                        .param(payment.value())
                        .update();
                ledger.post(entry(4, LedgerEntry.Kind.REFUNDED, HELD, rest));
            }));
            await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 1);
            first.commit();
        }

        assertThatThrownBy(second::join).rootCause().hasMessageContaining("captured 33000 won, refunded 40000 won");
        assertThat(position()).isEqualTo("33000 - 20000 = 13000, owed 0");
    }

    @Test
    void what_the_version_before_does_to_a_payment_is_carried_over() {
        payment = database.payment(++payments);

        write(PAID);
        assertThat(position()).isEqualTo("33000 - 0 = 33000, owed 0");

        write("status = 'WAITING_FOR_DEPOSIT', approved_at = NULL");
        assertThat(position()).isEqualTo("0 - 0 = 0, owed 0");

        write(PAID);
        write("status = 'PARTIALLY_REFUNDED', balance_won = 21000");
        assertThat(position()).isEqualTo("33000 - 12000 = 21000, owed 0");

        write("order_closed_at = now()");
        assertThat(position()).isEqualTo("33000 - 12000 = 21000, owed 21000");

        write("status = 'REFUNDED', balance_won = 0");
        assertThat(position()).isEqualTo("33000 - 33000 = 0, owed 0");
        assertThat(postings())
                .containsExactly(
                        "2 CAPTURED CUSTOMER_CLEARING -33000",
                        "2 CAPTURED PG_RECEIVABLE 33000",
                        "3 REVERSED CUSTOMER_CLEARING 33000",
                        "3 REVERSED PG_RECEIVABLE -33000",
                        "4 CAPTURED CUSTOMER_CLEARING -33000",
                        "4 CAPTURED PG_RECEIVABLE 33000",
                        "5 REFUNDED CUSTOMER_CLEARING 12000",
                        "5 REFUNDED PG_RECEIVABLE -12000",
                        "6 OWED CUSTOMER_CLEARING 21000",
                        "6 OWED REFUNDS_PAYABLE -21000",
                        "7 REFUNDED PG_RECEIVABLE -21000",
                        "7 REFUNDED REFUNDS_PAYABLE 21000");
        assertThat(carriedOver()).isEqualTo(6);
    }

    @Test
    void several_steps_of_the_version_before_in_one_transaction_are_carried_over_once() {
        payment = database.payment(++payments);

        database.transaction.executeWithoutResult(_ -> {
            change(PAID);
            change("status = 'PARTIALLY_REFUNDED', balance_won = 21000");
        });

        assertThat(position()).isEqualTo("33000 - 12000 = 21000, owed 0");
        assertThat(carriedOver()).isEqualTo(2);
    }

    private void write(String change) {
        database.transaction.executeWithoutResult(_ -> change(change));
    }

    private void change(String change) {
        database.jdbc
                .sql("UPDATE payment SET version = version + 1, " + change + " WHERE id = ?")
                .param(payment.value())
                .update();
    }

    private static AbstractThrowableAssert<?, ?> refused(Runnable change) {
        return assertThatThrownBy(() -> database.transaction.executeWithoutResult(_ -> change.run()))
                .rootCause();
    }

    private LedgerEntry entry(long version, LedgerEntry.Kind kind, Position before, Position after) {
        return LedgerEntry.of(
                new LedgerEntry.Source(payment, version, new TenantId("default"), false),
                kind,
                before,
                after,
                MutableClock.START);
    }

    private List<@Nullable String> postings() {
        return database.jdbc.sql("""
                SELECT payment_version || ' ' || kind || ' ' || account || ' ' || ledger_posting.amount_won
                FROM ledger_entry JOIN ledger_posting ON entry_id = id
                WHERE payment_id = ? ORDER BY payment_version, kind, account
                """).param(payment.value()).query(String.class).list();
    }

    private String position() {
        return database.jdbc.sql("""
                SELECT captured_won || ' - ' || refunded_won || ' = ' || balance_won || ', owed ' || owed_won
                FROM ledger_position WHERE payment_id = ?
                """).param(payment.value()).query(String.class).single();
    }

    private long carriedOver() {
        return database.jdbc
                .sql("SELECT count(*) FROM ledger_entry WHERE payment_id = ? AND carried_over")
                .param(payment.value())
                .query(Long.class)
                .single();
    }

    private static long waiting() {
        return database.jdbc
                .sql(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .query(Long.class)
                .single();
    }
}
