package dev.wonflow.payment.charge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChargePaceTest {

    private static final Duration REST = Duration.ofSeconds(10);

    private final Book book = new Book();
    private final List<String> happened = new ArrayList<>();
    private final ChargePace pace =
            new ChargePace(book, 600, 4, REST, pause -> happened.add("waited " + pause.toMillis()));

    @Test
    void handful_lasts_for_as_many_calls_as_it_has() throws InterruptedException {
        book.left.addAll(List.of(2, 0, 1));

        pace.await();
        pace.await();
        pace.await();

        assertThat(happened).containsExactly("took 2 of 4", "took 0 of 4", "waited 200", "took 1 of 4");
    }

    @Test
    void what_is_in_hand_is_let_go_and_a_rest_entered_once_when_toss_turned_a_call_away() throws InterruptedException {
        book.left.addAll(List.of(4, 0, 3));
        pace.await();

        pace.turnedAway();
        pace.turnedAway();
        pace.await();
        pace.await();

        assertThat(happened)
                .containsExactly("took 4 of 4", "rested for PT10S", "took 0 of 4", "waited 200", "took 3 of 4");
    }

    @Test
    void rest_that_could_not_be_entered_is_entered_by_the_next() throws InterruptedException {
        book.left.addAll(List.of(1));
        book.broken = true;
        pace.turnedAway();
        assertThatThrownBy(pace::await).hasMessage("no database");
        book.broken = false;

        pace.await();

        assertThat(happened).containsExactly("rested for PT10S", "took 1 of 4");
    }

    private final class Book implements PaceBook {

        private final Deque<Integer> left = new ArrayDeque<>();
        private boolean broken;

        @Override
        public int take(int wanted, double perMinute) {
            int taken = left.remove();
            happened.add("took " + taken + " of " + wanted);
            return taken;
        }

        @Override
        public void rest(Duration rest, double perMinute) {
            if (broken) {
                throw new IllegalStateException("no database");
            }
            happened.add("rested for " + rest);
        }
    }
}
