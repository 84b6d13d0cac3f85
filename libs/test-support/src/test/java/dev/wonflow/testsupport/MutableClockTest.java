package dev.wonflow.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MutableClockTest {

    private final MutableClock clock = new MutableClock();

    @Test
    void time_stands_still_until_it_is_moved() {
        assertThat(clock.instant()).isEqualTo(MutableClock.START);

        clock.advance(Duration.ofMinutes(11));

        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-05T03:11:00Z"));
    }

    @Test
    void clocks_of_other_zones_move_along() {
        Clock utc = clock.withZone(ZoneOffset.UTC);

        clock.set(Instant.EPOCH);

        assertThat(utc.instant()).isEqualTo(Instant.EPOCH);
        assertThat(utc.getZone()).isEqualTo(ZoneOffset.UTC);
        assertThat(clock.getZone()).isEqualTo(ZoneId.of("Asia/Seoul"));
    }
}
