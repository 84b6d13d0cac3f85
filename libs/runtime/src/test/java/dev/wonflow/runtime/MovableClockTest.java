package dev.wonflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

class MovableClockTest {

    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");

    private final MovableClock clock =
            new MovableClock(Clock.fixed(NOON, ZoneId.of("Asia/Seoul")), Duration.ofHours(1));
    private final ClockEndpoint endpoint = new ClockEndpoint(clock);

    @Test
    void starts_as_far_ahead_as_it_is_told() {
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    }

    @Test
    void a_view_in_another_zone_moves_along() {
        Clock utc = clock.withZone(ZoneOffset.UTC);

        endpoint.move(Duration.ofDays(3));

        assertThat(utc.instant()).isEqualTo(NOON.plus(Duration.ofDays(3)));
        assertThat(utc.getZone()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void saying_the_same_twice_moves_it_once_and_less_moves_it_back() {
        endpoint.move(Duration.ofDays(3));
        assertThat(endpoint.move(Duration.ofDays(3)).now()).isEqualTo(NOON.plus(Duration.ofDays(3)));

        assertThat(endpoint.move(Duration.ZERO)).isEqualTo(new ClockEndpoint.Reading(NOON, Duration.ZERO));
    }

    @Test
    void it_can_fall_behind_the_machine_where_something_was_put_back() {
        assertThat(endpoint.move(Duration.ofMinutes(-5)).now()).isEqualTo(NOON.minus(Duration.ofMinutes(5)));
    }

    @Test
    void it_stays_where_it_is_when_asked_for_eternity() {
        assertThatThrownBy(() -> endpoint.move(MovableClock.FARTHEST.plusNanos(1)))
                .isInstanceOf(InvalidEndpointRequestException.class)
                .hasMessageStartingWith("ahead: PT87840H0.000000001S (expected: PT-87840H to PT87840H)");
        assertThatThrownBy(() -> endpoint.move(MovableClock.FARTHEST.negated().minusNanos(1)))
                .isInstanceOf(InvalidEndpointRequestException.class);
        assertThat(endpoint.read().ahead()).isEqualTo(Duration.ofHours(1));
    }
}
