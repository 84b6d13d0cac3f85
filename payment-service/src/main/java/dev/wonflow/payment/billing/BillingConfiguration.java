package dev.wonflow.payment.billing;

import dev.wonflow.payment.gateway.BillingGateway;
import dev.wonflow.payment.gateway.RemovalOutcome;
import dev.wonflow.payment.incident.Alerts;
import dev.wonflow.runtime.PeriodicWork;
import dev.wonflow.work.WorkBackOff;
import dev.wonflow.work.WorkKind;
import dev.wonflow.work.WorkQueue;
import dev.wonflow.work.WorkTable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** Has removed keys forgotten and old seals renewed for as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class BillingConfiguration {

    private static final int AT_ONCE = 2;
    private static final int BATCH = 10;
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration FIRST_RESEAL_AFTER = Duration.ofSeconds(10);

    /** Most calls are over by then; a key that was forgotten meanwhile is so again. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    @Bean
    WorkKind removalKind() {
        return RemovalWork.KIND;
    }

    @Bean
    WorkQueue<RemovalOutcome> removalQueue(
            BillingMethods methods,
            BillingGateway gateway,
            RemoveMethod removeMethod,
            Alerts alerts,
            BillingProperties properties,
            WorkTable work,
            TransactionOperations transaction,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        return new WorkQueue<>(
                RemovalWork.KIND,
                new RemovalWork(methods, gateway, removeMethod, alerts, properties.removalPause(), clock),
                work,
                transaction,
                new WorkQueue.Settings(
                        AT_ONCE,
                        BATCH,
                        LEASE,
                        POLL,
                        Duration.ZERO,
                        new WorkBackOff(properties.removalPause(), Duration.ofHours(1)),
                        STOP_PATIENCE),
                clock,
                random,
                meters);
    }

    @Bean
    ResealKeys resealKeys(
            BillingMethods methods,
            KeySeal seal,
            BillingProperties properties,
            TransactionOperations transaction,
            MeterRegistry meters) {
        Gauge.builder("wonflow.billing.keys.old", methods, kept -> seal.isSetUp() ? kept.sealedUnderOthers() : 0)
                .description("Billing keys sealed under another key than the one that seals now")
                .register(meters);
        return new ResealKeys(methods, seal, properties.resealBatch(), transaction);
    }

    @Bean
    PeriodicWork resealing(ResealKeys resealKeys, BillingProperties properties) {
        return new PeriodicWork("reseal", FIRST_RESEAL_AFTER, properties.resealInterval(), resealKeys::runOnce);
    }
}
