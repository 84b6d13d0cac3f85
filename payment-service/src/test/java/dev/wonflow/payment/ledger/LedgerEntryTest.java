package dev.wonflow.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerEntryTest {

    private static final LedgerEntry.Source SOURCE =
            new LedgerEntry.Source(new PaymentId(SequentialIds.id(1)), 3, new TenantId("default"), false);
    private static final Position HELD = new Position(Money.ofWon(33_000), Money.ZERO);
    private static final Position OWED = new Position(Money.ZERO, Money.ofWon(33_000));

    @Test
    void money_that_is_captured_is_owed_by_toss_and_belongs_to_the_buyer() {
        LedgerEntry entry = entry(LedgerEntry.Kind.CAPTURED, Position.NOTHING, HELD);

        assertThat(entry.postings())
                .containsExactly(
                        new Posting(Account.PG_RECEIVABLE, Side.DEBIT, Money.ofWon(33_000)),
                        new Posting(Account.CUSTOMER_CLEARING, Side.CREDIT, Money.ofWon(33_000)));
        assertThat(entry.amount()).isEqualTo(Money.ofWon(33_000));
    }

    @Test
    void order_that_is_called_off_makes_its_money_owed_to_the_buyer() {
        assertThat(entry(LedgerEntry.Kind.OWED, HELD, OWED).postings())
                .containsExactly(
                        new Posting(Account.CUSTOMER_CLEARING, Side.DEBIT, Money.ofWon(33_000)),
                        new Posting(Account.REFUNDS_PAYABLE, Side.CREDIT, Money.ofWon(33_000)));
    }

    @Test
    void refund_of_what_is_owed_takes_it_from_there() {
        Position rest = new Position(Money.ZERO, Money.ofWon(21_000));

        assertThat(entry(LedgerEntry.Kind.REFUNDED, OWED, rest).postings())
                .containsExactly(
                        new Posting(Account.PG_RECEIVABLE, Side.CREDIT, Money.ofWon(12_000)),
                        new Posting(Account.REFUNDS_PAYABLE, Side.DEBIT, Money.ofWon(12_000)));
    }

    @ParameterizedTest
    @EnumSource(LedgerEntry.Kind.class)
    void step_that_moves_nothing_has_no_entry(LedgerEntry.Kind kind) {
        assertThatThrownBy(() -> entry(kind, HELD, HELD)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void step_of_another_kind_is_refused() {
        assertThatThrownBy(() -> entry(LedgerEntry.Kind.REFUNDED, Position.NOTHING, HELD))
                .hasMessageContaining("expected: a step of that kind");
        assertThatThrownBy(() -> entry(LedgerEntry.Kind.CAPTURED, HELD, Position.NOTHING))
                .hasMessageContaining("expected: a step of that kind");
        assertThatThrownBy(() -> entry(LedgerEntry.Kind.OWED, HELD, Position.NOTHING))
                .hasMessageContaining("expected: a step of that kind");
        assertThatThrownBy(() -> entry(LedgerEntry.Kind.REVERSED, HELD, new Position(Money.ofWon(21_000), Money.ZERO)))
                .hasMessageContaining("expected: a step of that kind");
    }

    @Test
    void postings_that_do_not_add_up_are_no_entry() {
        Posting debit = new Posting(Account.PG_RECEIVABLE, Side.DEBIT, Money.ofWon(33_000));
        Posting credit = new Posting(Account.CUSTOMER_CLEARING, Side.CREDIT, Money.ofWon(32_999));

        assertThatThrownBy(() -> entryOf(debit, credit))
                .hasMessageContaining("debits of 33000 KRW, credits of 32999 KRW (expected: the same");
        assertThatThrownBy(LedgerEntryTest::entryOf).hasMessageContaining("expected: the same, and more than 0");
    }

    @Test
    void entry_has_one_posting_for_each_account() {
        Posting debit = new Posting(Account.PG_RECEIVABLE, Side.DEBIT, Money.ofWon(100));
        Posting credit = new Posting(Account.CUSTOMER_CLEARING, Side.CREDIT, Money.ofWon(50));

        assertThatThrownBy(() -> entryOf(debit, credit, credit)).hasMessageContaining("expected: one each");
    }

    @Test
    void posting_of_nothing_is_refused() {
        assertThatThrownBy(() -> new Posting(Account.SUSPENSE, Side.DEBIT, Money.ZERO))
                .hasMessageContaining("expected: more than 0");
    }

    private static LedgerEntry entry(LedgerEntry.Kind kind, Position before, Position after) {
        return LedgerEntry.of(SOURCE, kind, before, after, MutableClock.START);
    }

    private static LedgerEntry entryOf(Posting... postings) {
        return new LedgerEntry(SOURCE, LedgerEntry.Kind.CAPTURED, List.of(postings), MutableClock.START);
    }
}
