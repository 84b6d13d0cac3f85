package dev.wonflow.local.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.local.Trouble;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepTest {

    @ParameterizedTest
    @CsvSource({
        "90s, PT90S",
        "11m, PT11M",
        "36h, PT36H",
        "3d, PT72H",
        "2w, PT336H",
        "1d12h, PT36H",
        "1W2D3H4M5S, PT219H4M5S",
        "PT11M, PT11M",
        "P3D, PT72H",
        "' 3d ', PT72H"
    })
    void amounts_are_read_in_short_and_in_iso(String text, Duration expected) {
        assertThat(Step.amount(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "d", "3x", "12h1d", "-3d", "PT-1M", "0s", "PT0S", "tomorrow", "99999999999d"})
    void what_is_no_amount_is_refused_with_what_would_be_one(String text) {
        assertThatThrownBy(() -> Step.amount(text))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("(expected: 90s, 11m, 36h, 3d, 2w, 1d12h");
    }

    @Test
    void a_moment_without_an_offset_is_one_in_seoul() {
        assertThat(Step.moment("2026-12-31T23:59")).isEqualTo(Instant.parse("2026-12-31T14:59:00Z"));
        assertThat(Step.moment("2026-12-31 23:59:30")).isEqualTo(Instant.parse("2026-12-31T14:59:30Z"));
        assertThat(Step.moment("2026-12-31")).isEqualTo(Instant.parse("2026-12-30T15:00:00Z"));
        assertThat(Step.moment("2026-12-31T14:59:00Z")).isEqualTo(Instant.parse("2026-12-31T14:59:00Z"));
        assertThat(Step.moment("2026-12-31T23:59+09:00")).isEqualTo(Instant.parse("2026-12-31T14:59:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "2026-13-01", "2026-12-31T25:00", "31.12.2026"})
    void what_is_no_moment_is_refused(String text) {
        assertThatThrownBy(() -> Step.moment(text))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("is no moment (expected: 2026-12-31, 2026-12-31T23:59 in Seoul");
    }
}
