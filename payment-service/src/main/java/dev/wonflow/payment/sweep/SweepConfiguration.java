package dev.wonflow.payment.sweep;

import dev.wonflow.runtime.PeriodicWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has payments swept again and again. */
@Configuration(proxyBeanMethods = false)
class SweepConfiguration {

    @Bean
    PeriodicWork sweeps(SweepPayments sweepPayments, SweepProperties properties) {
        return new PeriodicWork("sweep", properties.every(), properties.every(), sweepPayments::runOnce);
    }
}
