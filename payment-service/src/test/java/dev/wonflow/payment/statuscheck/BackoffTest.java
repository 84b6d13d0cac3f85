package dev.wonflow.payment.statuscheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.payment.World;
import java.time.Duration;
import java.util.List;
import java.util.Random;
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

    @Test
    void pauses_grow_up_to_a_limit_whatever_chance_adds() {
        assertThat(backoff.after(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(backoff.after(1_000)).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
        assertThat(backoff.afterHint(1_000)).isEqualTo(Duration.ofMinutes(5));
    }
}
