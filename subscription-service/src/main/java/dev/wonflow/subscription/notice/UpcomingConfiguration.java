package dev.wonflow.subscription.notice;

import dev.wonflow.runtime.PeriodicWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has tenants told ahead for as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class UpcomingConfiguration {

    @Bean
    PeriodicWork upcomingNotices(TellUpcoming tellUpcoming, UpcomingProperties properties) {
        return new PeriodicWork("upcoming-notices", properties.every(), properties.every(), tellUpcoming::runOnce);
    }
}
