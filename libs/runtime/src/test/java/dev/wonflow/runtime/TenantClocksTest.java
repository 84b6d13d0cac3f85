package dev.wonflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantClocksTest {

    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");
    private static final Clock AT_NOON = Clock.fixed(NOON, ZoneId.of("Asia/Seoul"));
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");
    private static final Duration DAYS_45 = Duration.ofDays(45);

    private final List<String> told = new ArrayList<>();
    private final List<TenantMoved> listeners =
            new ArrayList<>(List.of((tenant, from, to) -> told.add(tenant + " " + from + " -> " + to)));
    private final MovableTenantClocks clocks = new MovableTenantClocks(AT_NOON, () -> listeners);

    @Test
    void one_tenant_is_moved_and_all_others_stay() {
        clocks.moveTo(ACME, DAYS_45);

        assertThat(clocks.now(ACME)).isEqualTo(NOON.plus(DAYS_45));
        assertThat(clocks.now(GLOBEX)).isEqualTo(NOON);
        assertThat(clocks.moved()).isEqualTo(Map.of(ACME, DAYS_45));
    }

    @Test
    void clock_somebody_holds_moves_with_its_tenant_in_any_zone() {
        Clock acme = clocks.of(ACME);
        Clock elsewhere = acme.withZone(ZoneId.of("Europe/Berlin"));

        clocks.moveTo(ACME, DAYS_45);

        assertThat(acme.instant()).isEqualTo(NOON.plus(DAYS_45)).isEqualTo(elsewhere.instant());
        assertThat(elsewhere.getZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void tenant_is_ahead_of_the_service_wherever_that_is_moved() {
        MovableClock service = new MovableClock(AT_NOON, Duration.ZERO);
        MovableTenantClocks both = new MovableTenantClocks(service, List::of);
        both.moveTo(ACME, DAYS_45);

        service.moveTo(Duration.ofDays(2));

        assertThat(both.now(ACME)).isEqualTo(NOON.plus(Duration.ofDays(47)));
    }

    @Test
    void who_listens_is_told_of_each_move_and_of_its_repetition() {
        clocks.moveTo(ACME, DAYS_45);
        clocks.moveTo(ACME, DAYS_45);

        assertThat(told).containsExactly("acme PT0S -> PT1080H", "acme PT1080H -> PT1080H");
    }

    @Test
    void move_that_somebody_cannot_take_note_of_is_none() {
        clocks.moveTo(ACME, Duration.ofDays(1));
        listeners.add((_, _, _) -> {
            throw new IllegalStateException("database: away");
        });

        assertThatThrownBy(() -> clocks.moveTo(ACME, DAYS_45)).hasMessage("database: away");
        assertThatThrownBy(() -> clocks.moveTo(GLOBEX, DAYS_45)).hasMessage("database: away");

        assertThat(clocks.moved()).isEqualTo(Map.of(ACME, Duration.ofDays(1)));
    }

    @Test
    void time_of_a_tenant_runs_forward_and_not_beyond_ten_years() {
        clocks.moveTo(ACME, DAYS_45);

        assertThatThrownBy(() -> clocks.moveTo(ACME, Duration.ofDays(44)))
                .hasMessage("ahead: PT1056H (expected: PT1080H to PT87840H; a tenant's time runs forward)");
        assertThatThrownBy(() -> clocks.moveTo(ACME, Duration.ofDays(3_661)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clocks.moveTo(GLOBEX, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(clocks.moved()).isEqualTo(Map.of(ACME, DAYS_45));
    }

    @Test
    void where_nothing_can_be_moved_all_tenants_have_one_clock() {
        TenantClocks shipped = TenantClocks.allAt(AT_NOON);

        assertThat(shipped.of(ACME)).isSameAs(AT_NOON).isSameAs(shipped.of(GLOBEX));
        assertThat(shipped.moved()).isEmpty();
    }
}
