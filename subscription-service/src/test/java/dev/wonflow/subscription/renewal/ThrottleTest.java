package dev.wonflow.subscription.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottleTest {

    private static final Throttle THROTTLE = new Throttle(50, 1_000);

    @ParameterizedTest
    @CsvSource({
        "0, 0, 50",
        "0, 50, 0",
        "10, 40, 10",
        "25, 25, 25",
        "100, 100, 100",
        "400, 100, 700",
        "90000, 0, 1000",
        "90000, 1000, 0",
        "90000, 1200, 0"
    })
    void lets_a_run_grow_with_its_answers_up_to_a_limit(long answered, long underWay, int room) {
        assertThat(THROTTLE.room(answered, underWay)).isEqualTo(room);
    }
}
