package dev.wonflow.payment.retention;

import dev.wonflow.runtime.PeriodicWork;
import java.time.Duration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has what has served forgotten again and again. */
@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {

    /** At the start, before anything could be answered, so that the first answer finds its day. */
    @Bean
    @DependsOnDatabaseInitialization
    PeriodicWork webhookDaysRuns(ForgetAnswered forgetAnswered, RetentionProperties properties) {
        return new PeriodicWork(
                "webhook-days",
                Duration.ZERO,
                properties.interval(),
                SmartLifecycle.DEFAULT_PHASE - 8192,
                forgetAnswered::prepareDays);
    }

    @Bean
    PeriodicWork forgetAnsweredRuns(ForgetAnswered forgetAnswered, RetentionProperties properties) {
        return new PeriodicWork(
                "forget-answered", properties.interval(), properties.interval(), forgetAnswered::runOnce);
    }
}
