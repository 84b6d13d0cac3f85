package dev.wonflow.runtime;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Provides a clock that can be moved, of all tenants and of each, where the settings ask for one. Business time that
 * can be moved from outside would be a hole in production, so a start where money is real or on an open address fails.
 */
@AutoConfiguration(before = RuntimeAutoConfiguration.class)
@ConditionalOnBooleanProperty("wonflow.clock.movable")
@ConditionalOnClass(Endpoint.class)
@EnableConfigurationProperties(ClockSettings.class)
public final class MovableClockAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(Clock.class)
    MovableClock clock(ClockSettings settings, ConfigurableEnvironment environment) {
        requireNoRealMoney(environment);
        requireLoopback(environment, "server.address");
        // A port of its own without an address of its own listens on all of them.
        if (environment.containsProperty("management.server.address")
                || environment.containsProperty("management.server.port")) {
            requireLoopback(environment, "management.server.address");
        }
        return new MovableClock(SystemClock.inSeoul(), settings.ahead());
    }

    @Bean
    ClockEndpoint clockEndpoint(MovableClock clock) {
        return new ClockEndpoint(clock);
    }

    @Bean
    @ConditionalOnMissingBean(TenantClocks.class)
    MovableTenantClocks tenantClocks(MovableClock clock, ObjectProvider<TenantMoved> listeners) {
        return new MovableTenantClocks(clock, () -> listeners.orderedStream().toList());
    }

    @Bean
    @ConditionalOnBean(MovableTenantClocks.class)
    TenantClockEndpoint tenantClockEndpoint(
            MovableTenantClocks clocks,
            ObjectProvider<TenantAgenda> agendas,
            ObjectProvider<TenantForecast> forecasts) {
        return new TenantClockEndpoint(
                clocks,
                () -> agendas.orderedStream().toList(),
                () -> forecasts.orderedStream().toList());
    }

    private static void requireNoRealMoney(ConfigurableEnvironment environment) {
        RealMoney.signOf(environment).ifPresent(sign -> {
            throw new StartRefused(
                    "wonflow.clock.movable: true " + sign + " (expected: a test key; where money is real, time is too)",
                    "Remove WONFLOW_CLOCK_MOVABLE where real buyers pay.");
        });
    }

    private static void requireLoopback(ConfigurableEnvironment environment, String setting) {
        String address = environment.getProperty(setting, "").strip();
        if (!ThisMachine.is(address)) {
            throw new StartRefused(
                    "wonflow.clock.movable: true, and " + setting + " is "
                            + (address.isEmpty() ? "not set" : address)
                            + " (expected: 127.0.0.1 or another loopback address)",
                    "Set " + setting
                            + "=127.0.0.1, or remove WONFLOW_CLOCK_MOVABLE: whoever can reach the service could"
                            + " move its time.");
        }
    }
}
