package dev.wonflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MovableClockAutoConfigurationTest {

    private final ApplicationContextRunner asShipped = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(MovableClockAutoConfiguration.class, RuntimeAutoConfiguration.class));

    private final ApplicationContextRunner movable =
            asShipped.withPropertyValues("wonflow.clock.movable=true", "server.address=127.0.0.1");

    @Test
    void no_clock_can_be_moved_unless_the_settings_say_so() {
        asShipped
                .withPropertyValues("wonflow.clock.ahead=PT1H")
                .run(context -> assertThat(context)
                        .hasSingleBean(Clock.class)
                        .doesNotHaveBean(MovableClock.class)
                        .doesNotHaveBean(ClockEndpoint.class)
                        .hasSingleBean(TenantClocks.class)
                        .doesNotHaveBean(MovableTenantClocks.class)
                        .doesNotHaveBean(TenantClockEndpoint.class));
    }

    @Test
    void single_tenants_are_moved_by_the_endpoint_which_says_what_of_them_is_due() {
        TenantId acme = new TenantId("acme");
        movable.withBean(TenantAgenda.class, () -> _ -> new TenantAgenda.Agenda(2, null))
                .withBean("others", TenantAgenda.class, () -> _ -> new TenantAgenda.Agenda(1, Instant.EPOCH))
                .withBean(
                        TenantForecast.class,
                        () -> (_, until) -> List.of(
                                new TenantForecast.Expected(until, "later"),
                                new TenantForecast.Expected(Instant.EPOCH, "earlier")))
                .run(context -> {
                    TenantClockEndpoint endpoint = context.getBean(TenantClockEndpoint.class);
                    TenantClockEndpoint.Reading moved = endpoint.move("acme", Duration.ofDays(45));

                    assertThat(moved.ahead()).isEqualTo(Duration.ofDays(45));
                    assertThat(moved.underWay()).isEqualTo(3);
                    assertThat(moved.next()).isEqualTo(Instant.EPOCH);
                    assertThat(context.getBean(TenantClocks.class).moved()).isEqualTo(Map.of(acme, moved.ahead()));
                    assertThat(moved.expected()).isEmpty();
                    assertThat(endpoint.read("acme", Instant.MAX).expected())
                            .extracting(TenantForecast.Expected::what)
                            .containsExactly("earlier", "later");
                    assertThat(endpoint.moved()).isEqualTo(Map.of("acme", moved.ahead()));
                    assertThatThrownBy(() -> endpoint.move("acme", Duration.ZERO))
                            .isInstanceOf(InvalidEndpointRequestException.class)
                            .hasMessageContaining("a tenant's time runs forward");
                    assertThatThrownBy(() -> endpoint.read(" ", null))
                            .isInstanceOf(InvalidEndpointRequestException.class)
                            .hasMessageContaining("tenant: blank");
                });
    }

    @Test
    void a_movable_clock_is_the_only_clock_and_starts_ahead() {
        movable.withPropertyValues("wonflow.clock.ahead=PT72H").run(context -> {
            assertThat(context).hasSingleBean(Clock.class).hasSingleBean(ClockEndpoint.class);
            assertThat(context.getBean(MovableClock.class).ahead()).isEqualTo(Duration.ofDays(3));
        });
    }

    @Test
    void a_live_key_under_any_name_stops_the_start_and_is_not_shown() {
        movable.withPropertyValues("some.other.key=live_sk_abcdefgh12345678")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("beside a live key in some.other.key")
                        .hasMessageNotContaining("abcdefgh12345678"));
    }

    @Test
    void stage_production_stops_the_start() {
        movable.withPropertyValues("wonflow.stage=production")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("true in stage production"));
    }

    @Test
    void setting_that_cannot_be_read_is_no_live_key() {
        movable.withPropertyValues("some.text=${a.gap.nothing.fills}")
                .run(context -> assertThat(context).hasSingleBean(MovableClock.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.address=",
                "server.address=0.0.0.0",
                "server.address=a-name-of-this-machine",
                "management.server.address=0.0.0.0",
                "management.server.port=18071"
            })
    void an_address_others_can_reach_stops_the_start(String setting) {
        movable.withPropertyValues(setting)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("(expected: 127.0.0.1 or another loopback address)"));
    }
}
