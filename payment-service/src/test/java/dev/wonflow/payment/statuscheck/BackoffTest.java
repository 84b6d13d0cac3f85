package dev.wonflow.payment.statuscheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.payment.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final World world = new World();
    private final Backoff backoff = new Backoff(world.statusCheckSettings, new Random(1));

    @Test
    void payments_that_failed_together_do_not_come_back_together() {
        List<Duration> pauses =
                Stream.generate(() -> backoff.after(5)).limit(1_000).toList();

        assertThat(pauses).allMatch(pause -> pause.toSeconds() >= 32 && pause.compareTo(Duration.ofSeconds(64)) <= 0);
        for (int second = 32; second < 64; second += 4) {
            Duration from = Duration.ofSeconds(second);
            Duration to = from.plusSeconds(4);
            assertThat(pauses)
                    .as("pauses from %s to %s, of 1,000", from, to)
                    .filteredOn(pause -> pause.compareTo(from) >= 0 && pause.compareTo(to) < 0)
                    .hasSizeBetween(75, 175);
        }
    }

    /** A thousand calls that fail in the same instant, and again each time they are repeated, for an hour. */
    @Test
    void an_outage_spreads_what_it_broke_instead_of_having_it_march_in_step() {
        long[] at = new long[1_000];
        Map<Integer, Long> busiestSecond = new TreeMap<>();
        for (int tries = 0; tries < 12; tries++) {
            Map<Long, Integer> perSecond = new HashMap<>();
            for (int i = 0; i < at.length; i++) {
                at[i] += backoff.after(tries).toMillis();
                perSecond.merge(at[i] / 1_000, 1, Integer::sum);
            }
            busiestSecond.put(
                    tries,
                    perSecond.values().stream()
                            .mapToLong(Integer::longValue)
                            .max()
                            .orElseThrow());
        }

        assertThat(busiestSecond.get(3)).as("of 1,000, after half a minute").isLessThan(150);
        assertThat(busiestSecond.get(6)).as("of 1,000, after four minutes").isLessThan(30);
        assertThat(busiestSecond.get(11)).as("of 1,000, after half an hour").isLessThan(15);
    }

    @Test
    void pauses_grow_up_to_a_limit_whatever_chance_adds() {
        assertThat(backoff.after(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(backoff.after(1_000)).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
        assertThat(backoff.afterHint(1_000)).isEqualTo(Duration.ofMinutes(5));
    }
}
