package dev.wonflow.runtime;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Tells the health of everything that runs at intervals, where Spring Boot's health is. */
@AutoConfiguration
@ConditionalOnClass(HealthIndicator.class)
public final class PeriodicWorkAutoConfiguration {

    @Bean
    PeriodicWorkHealthIndicator periodicWorkHealthIndicator(ObjectProvider<PeriodicWork> works) {
        return new PeriodicWorkHealthIndicator(works.orderedStream().toList());
    }
}
