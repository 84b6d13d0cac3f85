package dev.wonflow.idempotency;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdempotencyPropertiesTest {

    @Test
    void answers_are_kept_for_a_day_at_least() {
        assertThatCode(() -> new IdempotencyProperties(Duration.ofDays(1), Duration.ofMinutes(2)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new IdempotencyProperties(Duration.ofHours(23), Duration.ofMinutes(2)))
                .hasMessage("wonflow.idempotency.retention: PT23H (expected: PT24H or more)");
    }

    @Test
    void lease_ends_before_it_is_forgotten() {
        assertThatThrownBy(() -> new IdempotencyProperties(Duration.ofDays(1), Duration.ZERO))
                .hasMessage("wonflow.idempotency.lease: PT0S (expected: more than 0, less than retention)");
        assertThatThrownBy(() -> new IdempotencyProperties(Duration.ofDays(1), Duration.ofDays(1)))
                .hasMessageContaining("(expected: more than 0, less than retention)");
    }
}
