package dev.wonflow.subscription.renewal;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.subscription.charge.RequestCharges;
import dev.wonflow.subscription.invoice.BillWhatIsDue;
import dev.wonflow.subscription.invoice.Invoices;
import dev.wonflow.subscription.subscription.StoreSubscriptions;
import dev.wonflow.subscription.subscription.Subscriptions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** Has subscriptions renewed for as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class RenewalConfiguration {

    @Bean
    Breaker breaker(RenewalProperties properties) {
        return properties.breaker().breaker();
    }

    @Bean
    RunRenewals runRenewals(
            Renewals renewals,
            WatchRenewals watch,
            Subscriptions subscriptions,
            Invoices invoices,
            BillWhatIsDue billWhatIsDue,
            StoreSubscriptions storeSubscriptions,
            RequestCharges requestCharges,
            RenewalProperties properties,
            IdSource ids,
            Clock clock,
            TenantClocks tenantClocks,
            TransactionOperations transaction,
            MeterRegistry meters) {
        Gauge.builder("wonflow.renewal.stopped", renewals, all -> all.look().isOn() ? 0 : 1)
                .description("1 while nothing is renewed, because somebody paused it or it halted")
                .register(meters);
        Gauge.builder("wonflow.renewal.overdue", renewals, all -> overdueSeconds(all, clock))
                .baseUnit("seconds")
                .description("Since when what is due first has been due")
                .register(meters);
        return new RunRenewals(
                renewals,
                watch,
                subscriptions,
                invoices,
                billWhatIsDue,
                storeSubscriptions,
                requestCharges,
                new Throttle(properties.first(), properties.most()),
                properties.batch(),
                ids,
                clock,
                tenantClocks,
                transaction);
    }

    private static double overdueSeconds(Renewals renewals, Clock clock) {
        return renewals.nextDue()
                .map(next -> Duration.between(next, clock.instant()))
                .filter(Duration::isPositive)
                .map(overdue -> overdue.toMillis() / 1_000.0)
                .orElse(0.0);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "wonflow.renewal.enabled", matchIfMissing = true)
    RenewalLoop renewalLoop(RunRenewals runRenewals, RenewalProperties properties, Clock clock) {
        return new RenewalLoop(runRenewals, properties.poll(), clock);
    }
}
