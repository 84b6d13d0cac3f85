package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private final BackOff backOff = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(1), new Random(1));

    @Test
    void pauses_double_up_to_the_limit_and_are_shortened_by_half_at_most() {
        assertThat(backOff.next()).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(backOff.next()).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(backOff.next()).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
        assertThat(backOff.next()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_000));
        assertThat(backOff.next()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_000));
    }

    @Test
    void success_starts_over() {
        backOff.next();
        backOff.next();

        backOff.reset();

        assertThat(backOff.next()).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    }

    @Test
    void two_instances_do_not_march_in_step() {
        BackOff other = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(1), new Random(2));

        assertThat(backOff.next()).isNotEqualTo(other.next());
    }
}
