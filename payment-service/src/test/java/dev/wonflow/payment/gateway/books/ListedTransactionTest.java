package dev.wonflow.payment.gateway.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListedTransactionTest {

    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");

    private final List<ListedTransaction> list = new ArrayList<>();

    @Test
    void approval_and_every_cancel_of_it_move_money() {
        listed("DONE", 33_000, 0);
        listed("PARTIAL_CANCELED", 13_000, 1);
        listed("PARTIAL_CANCELED", 20_000, 2);

        assertThat(movements()).containsExactly("CAPTURE 33000", "REFUND 13000", "REFUND 20000");
    }

    @Test
    void account_that_is_issued_and_given_up_moves_nothing() {
        listed("WAITING_FOR_DEPOSIT", 0, 0);
        listed("CANCELED", 33_000, 1);

        assertThat(movements()).isEmpty();
    }

    @Test
    void deposit_that_is_taken_back_and_comes_again_moves_three_times() {
        listed("WAITING_FOR_DEPOSIT", 0, 0);
        listed("DONE", 33_000, 1);
        listed("WAITING_FOR_DEPOSIT", 0, 2);
        listed("DONE", 33_000, 3);
        listed("CANCELED", 33_000, 4);

        assertThat(movements()).containsExactly("CAPTURE 33000", "REVERSAL 33000", "CAPTURE 33000", "REFUND 33000");
    }

    @Test
    void cancel_in_the_second_of_its_approval_comes_after_it() {
        listed("CANCELED", 33_000, 0);
        listed("DONE", 33_000, 0);

        assertThat(movements()).containsExactly("CAPTURE 33000", "REFUND 33000");
    }

    @Test
    void deposit_in_the_second_in_which_its_account_was_issued_stays() {
        listed("DONE", 33_000, 0);
        listed("WAITING_FOR_DEPOSIT", 0, 0);

        assertThat(movements()).containsExactly("CAPTURE 33000");
    }

    @Test
    void deposit_that_is_taken_back_in_its_second_is_gone() {
        listed("WAITING_FOR_DEPOSIT", 0, 0);
        listed("WAITING_FOR_DEPOSIT", 0, 1);
        listed("DONE", 33_000, 1);

        assertThat(movements()).containsExactly("CAPTURE 33000", "REVERSAL 33000");
    }

    @Test
    void payments_do_not_mix() {
        listed("DONE", 33_000, 0);
        list.add(new ListedTransaction(
                "other",
                new OrderId("order_2"),
                new PaymentKey("another"),
                "CANCELED",
                Money.ofWon(33_000),
                NOON.plusSeconds(1)));

        assertThat(movements()).containsExactly("CAPTURE 33000");
    }

    @Test
    void word_nobody_knows_yet_moves_nothing() {
        listed("ON_HOLIDAY", 33_000, 0);

        assertThat(movements()).isEmpty();
    }

    private void listed(String status, long amount, int second) {
        list.add(new ListedTransaction(
                "txn_" + list.size(),
                new OrderId("order_1"),
                new PaymentKey("key"),
                status,
                Money.ofWon(amount),
                NOON.plusSeconds(second)));
    }

    private List<String> movements() {
        return ListedTransaction.movements(list).stream()
                .map(movement -> movement.kind() + " " + movement.amount().won())
                .toList();
    }
}
