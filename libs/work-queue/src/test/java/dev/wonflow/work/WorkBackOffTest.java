package dev.wonflow.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkBackOffTest {

    private final WorkBackOff backOff = new WorkBackOff(Duration.ofSeconds(2), Duration.ofMinutes(5));

    @Test
    void pause_doubles_up_to_the_longest_however_many_attempts_there_were() {
        assertThat(IntStream.of(0, 1, 2, 7, 8, 1_000_000).mapToObj(backOff::after))
                .extracting(Duration::toSeconds)
                .containsExactly(2L, 4L, 8L, 256L, 300L, 300L);
    }

    @Test
    void chance_leaves_off_up_to_half() {
        Random random = new Random(7);

        assertThat(IntStream.range(0, 1_000).mapToObj(_ -> backOff.after(1, random)))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4)))
                .anySatisfy(pause -> assertThat(pause).isLessThan(Duration.ofMillis(2_200)))
                .anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofMillis(3_800)));
    }

    @Test
    void impossible_pauses_are_refused() {
        assertThatThrownBy(() -> new WorkBackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("expected: more than 0, and not less than first");
    }
}
