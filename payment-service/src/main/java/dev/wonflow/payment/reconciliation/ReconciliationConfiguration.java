package dev.wonflow.payment.reconciliation;

import dev.wonflow.runtime.PeriodicWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has the books compared again and again. */
@Configuration(proxyBeanMethods = false)
class ReconciliationConfiguration {

    @Bean
    PeriodicWork reconciliationRuns(Reconcile reconcile, ReconciliationProperties properties) {
        return new PeriodicWork(
                "reconciliation", properties.pollInterval(), properties.pollInterval(), reconcile::runOnce);
    }
}
