package dev.wonflow.payment.seal;

import dev.wonflow.payment.incident.Alerts;
import dev.wonflow.runtime.PeriodicWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** Has old seals renewed for as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class SealConfiguration {

    private static final Duration FIRST_RESEAL_AFTER = Duration.ofSeconds(10);

    @Bean
    Keyset keyset(SealProperties properties) {
        return new Keyset("wonflow.billing.keyset", properties.keyset());
    }

    /** Everything in a {@link SealedStore} is under the one keyset, so that one rotation is enough. */
    @Bean
    Reseal reseal(
            List<SealedStore> stores,
            Seal seal,
            SealProperties properties,
            Alerts alerts,
            Clock clock,
            TransactionOperations transaction,
            MeterRegistry meters) {
        for (SealedStore store : stores) {
            Gauge.builder(store.meter(), store, SealedStore::sealedUnderOthers)
                    .description("Those of the " + store.contents() + " that are not under the key that seals now")
                    .register(meters);
        }
        return new Reseal(stores, seal, properties.resealBatch(), alerts, clock, transaction);
    }

    @Bean
    PeriodicWork resealing(Reseal reseal, SealProperties properties) {
        return new PeriodicWork("reseal", FIRST_RESEAL_AFTER, properties.resealInterval(), reseal::runOnce);
    }
}
