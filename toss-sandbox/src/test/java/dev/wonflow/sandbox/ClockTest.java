package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockTest {

    @Test
    void it_can_be_moved_to_a_moment_and_says_how_far_ahead_of_the_machine_that_is() {
        try (RunningSandbox sandbox = RunningSandbox.start("wonflow.sandbox.clock.ahead=PT72H")) {
            assertThat(sandbox.get("/control/clock").text("ahead")).isEqualTo("PT72H");

            Instant target = sandbox.now().plus(Duration.ofDays(30));
            sandbox.post("/control/clock/advance", "{\"to\": \"" + target + "\"}");

            assertThat(sandbox.now()).isBetween(target, target.plus(Duration.ofMinutes(1)));
            assertThat(Duration.parse(sandbox.get("/control/clock").text("ahead")))
                    .isBetween(Duration.ofDays(33).minusMinutes(1), Duration.ofDays(33));
        }
    }

    @Test
    void a_moment_that_has_passed_or_two_wishes_at_once_move_nothing() {
        RunningSandbox sandbox = RunningSandbox.shared();

        assertThat(sandbox.post("/control/clock/advance", "{\"to\": \"2020-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(400);
        assertThat(sandbox.post("/control/clock/advance", "{\"to\": \"2999-01-01T00:00:00Z\", \"by\": \"PT1M\"}")
                        .text("message"))
                .isEqualTo("by and to: both (expected: one of them)");
    }

    @Test
    void it_stays_within_years_of_four_digits() {
        try (RunningSandbox sandbox = RunningSandbox.start("wonflow.sandbox.clock.ahead=P2910000D")) {
            RunningSandbox.Answer beyond = sandbox.post("/control/clock/advance", "{\"by\": \"P3650D\"}");

            assertThat(beyond.status()).isEqualTo(400);
            assertThat(beyond.text("message")).contains("expected: at most 9999");
        }
    }
}
