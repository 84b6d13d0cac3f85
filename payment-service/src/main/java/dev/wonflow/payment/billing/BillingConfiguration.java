package dev.wonflow.payment.billing;

import dev.wonflow.payment.gateway.BillingGateway;
import dev.wonflow.payment.gateway.RemovalOutcome;
import dev.wonflow.payment.incident.Alerts;
import dev.wonflow.work.WorkBackOff;
import dev.wonflow.work.WorkKind;
import dev.wonflow.work.WorkQueue;
import dev.wonflow.work.WorkTable;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** Has removed keys forgotten for as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class BillingConfiguration {

    private static final int AT_ONCE = 2;
    private static final int BATCH = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofSeconds(5);

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
        WorkBackOff backOff = new WorkBackOff(properties.removalPause(), LONGEST_PAUSE);
        return new WorkQueue<>(
                RemovalWork.KIND,
                new RemovalWork(methods, gateway, removeMethod, alerts, backOff, random, clock),
                work,
                transaction,
                new WorkQueue.Settings(AT_ONCE, BATCH, LEASE, POLL, Duration.ZERO, backOff, STOP_PATIENCE),
                clock,
                random,
                meters);
    }
}
