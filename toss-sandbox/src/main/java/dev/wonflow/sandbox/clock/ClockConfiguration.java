package dev.wonflow.sandbox.clock;

import dev.wonflow.runtime.SystemClock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the sandbox clock the clock of the whole application. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

    @Bean
    SandboxClock clock(ClockSettings settings) {
        return new SandboxClock(SystemClock.inSeoul(), settings.ahead());
    }
}
