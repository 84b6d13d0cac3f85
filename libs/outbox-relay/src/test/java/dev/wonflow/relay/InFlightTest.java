package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private final InFlight<Integer> inFlight = new InFlight<>();

    @Test
    void nothing_comes_out_before_the_first_is_acknowledged() {
        inFlight.add(1, 10);
        inFlight.add(2, 10).acknowledged();
        inFlight.add(3, 10).acknowledged();

        assertThat(inFlight.advance()).isNull();
        assertThat(inFlight.count()).isEqualTo(3);
        assertThat(inFlight.bytes()).isEqualTo(30);
    }

    @Test
    void the_first_takes_all_acknowledged_behind_it_along() {
        InFlight.Ticket<Integer> first = inFlight.add(1, 10);
        inFlight.add(2, 10).acknowledged();
        inFlight.add(3, 10);
        inFlight.add(4, 10).acknowledged();
        first.acknowledged();

        assertThat(inFlight.advance()).isEqualTo(2);
        assertThat(inFlight.first()).isEqualTo(3);
        assertThat(inFlight.count()).isEqualTo(2);
        assertThat(inFlight.bytes()).isEqualTo(20);
    }

    @Test
    void nothing_comes_out_beyond_a_failed_one() {
        inFlight.add(1, 10).acknowledged();
        InFlight.Ticket<Integer> second = inFlight.add(2, 10);
        inFlight.add(3, 10).acknowledged();
        second.failed(new IOException("first"));
        second.failed(new IOException("second"));

        assertThat(inFlight.advance()).isEqualTo(1);
        assertThat(inFlight.advance()).isNull();
        assertThat(inFlight.failure()).hasMessage("first");
    }

    @Test
    void in_any_order_of_acknowledgements_what_comes_out_is_the_acknowledged_beginning() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            InFlight<Integer> inFlight = new InFlight<>();
            List<InFlight.Ticket<Integer>> waiting = new ArrayList<>();
            boolean[] acknowledged = new boolean[100];
            int added = 0;
            int out = 0;
            while (out < acknowledged.length) {
                if (added < acknowledged.length && (waiting.isEmpty() || random.nextBoolean())) {
                    waiting.add(inFlight.add(added, 1));
                    added++;
                } else if (!waiting.isEmpty()) {
                    InFlight.Ticket<Integer> ticket = waiting.remove(random.nextInt(waiting.size()));
                    acknowledged[ticket.what()] = true;
                    ticket.acknowledged();
                }
                Integer last = inFlight.advance();
                int expected = out;
                while (expected < acknowledged.length && acknowledged[expected]) {
                    expected++;
                }
                if (expected == out) {
                    assertThat(last).as("seed %s", seed).isNull();
                } else {
                    assertThat(last).as("seed %s", seed).isEqualTo(expected - 1);
                }
                out = expected;
            }
        }
    }
}
