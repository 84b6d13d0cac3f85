package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;

class BackOffTest {

    private final BackOff backOff = Relay.backOff(Duration.ofMillis(200), Duration.ofSeconds(1));

    @Test
    void pauses_grow_to_the_limit_and_no_further() {
        BackOffExecution pauses = backOff.start();

        assertThat(pauses.nextBackOff()).isBetween(200L, 300L);
        assertThat(pauses.nextBackOff()).isBetween(200L, 600L);
        assertThat(pauses.nextBackOff()).isBetween(400L, 1_000L);
        assertThat(LongStream.generate(pauses::nextBackOff).limit(1_000))
                .allSatisfy(pause -> assertThat(pause).isBetween(500L, 1_000L));
    }

    @Test
    void instances_that_fail_together_do_not_march_in_step() {
        assertThat(LongStream.generate(() -> backOff.start().nextBackOff())
                        .limit(100)
                        .distinct()
                        .count())
                .isGreaterThan(10);
    }
}
