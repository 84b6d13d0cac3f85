package dev.wonflow.payment.retention;

import dev.wonflow.runtime.PeriodicWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has what has served forgotten again and again. */
@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {

    @Bean
    PeriodicWork forgetAnsweredRuns(ForgetAnswered forgetAnswered, RetentionProperties properties) {
        return new PeriodicWork(
                "forget-answered", properties.interval(), properties.interval(), forgetAnswered::runOnce);
    }
}
