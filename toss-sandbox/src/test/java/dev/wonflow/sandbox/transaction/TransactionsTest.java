package dev.wonflow.sandbox.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.payment.PaymentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TransactionsTest {

    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");

    @Test
    void beyond_the_capacity_the_oldest_is_forgotten() {
        Transactions transactions = filled(3, 2);

        assertThat(page(transactions, NOON, null, 10))
                .extracting(Transaction::transactionKey)
                .containsExactly("1", "2");
        assertThat(transactions.find("mid", "0")).isEmpty();
    }

    /** A payment tells of its approval again with each cancel, long after the book has forgotten it. */
    @Test
    void what_was_forgotten_is_not_written_again() {
        Transactions transactions = filled(3, 2);

        assertThat(transactions.add(transaction(0))).isFalse();
        assertThat(transactions.state().transactions())
                .extracting(Transaction::transactionKey)
                .containsExactly("1", "2");

        Transactions restored = filled(1, 2);
        restored.restore(transactions.state());
        assertThat(restored.add(transaction(0))).isFalse();
        assertThat(restored.add(transaction(3))).isTrue();
        restored.restore(filled(1, 2).state());
        assertThat(restored.add(transaction(1))).isTrue();
    }

    @Test
    void a_transaction_is_written_once() {
        Transactions transactions = filled(1, 10);

        assertThat(transactions.add(transaction(0))).isFalse();
        assertThat(page(transactions, NOON, null, 10)).hasSize(1);
    }

    @Test
    void what_comes_late_is_put_where_its_time_belongs() {
        Transactions transactions = new Transactions(new TransactionSettings(10));
        transactions.add(transaction(2));
        transactions.add(transaction(1));

        assertThat(page(transactions, NOON, null, 10))
                .extracting(Transaction::transactionKey)
                .containsExactly("1", "2");
        assertThat(page(transactions, NOON, "1", 10))
                .extracting(Transaction::transactionKey)
                .containsExactly("2");
    }

    @Test
    void the_book_comes_back_as_it_was() {
        Transactions before = filled(5, 10);
        Transactions after = filled(1, 10);

        after.restore(before.state());

        assertThat(after.state()).isEqualTo(before.state());
        assertThat(page(after, NOON, "2", 10))
                .extracting(Transaction::transactionKey)
                .containsExactly("3", "4");
    }

    /** Twenty thousand pages by reading all of the book would take an hour. */
    @Test
    @Timeout(20)
    void a_page_of_a_large_book_is_found_without_reading_the_book() {
        Transactions transactions = filled(200_000, 200_000);

        for (int i = 0; i < 20_000; i++) {
            int at = i * 9;
            assertThat(page(transactions, NOON.plusSeconds(at), Integer.toString(at), 2))
                    .hasSize(2);
        }
    }

    private static Transactions filled(int size, int capacity) {
        Transactions transactions = new Transactions(new TransactionSettings(capacity));
        IntStream.range(0, size).forEach(i -> transactions.add(transaction(i)));
        return transactions;
    }

    private static List<Transaction> page(Transactions transactions, Instant from, @Nullable String after, int limit) {
        return transactions
                .page("mid", from, from.plus(Duration.ofDays(10)), after, limit)
                .orElseThrow();
    }

    private static Transaction transaction(int number) {
        return new Transaction(
                "mid",
                Integer.toString(number),
                "paymentKey",
                "order-1",
                PaymentMethod.CARD,
                null,
                false,
                Transaction.Kind.APPROVAL,
                PaymentStatus.DONE,
                NOON.plusSeconds(number),
                1_000,
                0,
                NOON,
                Currency.KRW);
    }
}
