package dev.wonflow.subscription.dunning;

import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.subscription.charge.RequestCharges;
import dev.wonflow.subscription.invoice.Invoices;
import dev.wonflow.subscription.renewal.WatchRenewals;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscriptions;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** Has declined invoices followed for as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class DunningConfiguration {

    @Bean
    RunDunning runDunning(
            WatchRenewals watch,
            DunningCases cases,
            DunningPolicies policies,
            Invoices invoices,
            Subscriptions subscriptions,
            StoreSubscriptions storeSubscriptions,
            RequestCharges requestCharges,
            DunningEvents events,
            DunningProperties properties,
            Clock clock,
            TenantClocks tenantClocks,
            TransactionOperations transaction) {
        return new RunDunning(
                watch,
                cases,
                policies,
                invoices,
                subscriptions,
                storeSubscriptions,
                requestCharges,
                events,
                properties,
                clock,
                tenantClocks,
                transaction);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "wonflow.renewal.enabled", matchIfMissing = true)
    DunningLoop dunningLoop(RunDunning runDunning, DunningProperties properties, Clock clock) {
        return new DunningLoop(runDunning, properties.poll(), clock);
    }
}
