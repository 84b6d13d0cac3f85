package dev.wonflow.payment.stray;

import dev.wonflow.work.WorkKind;
import dev.wonflow.work.WorkQueue;
import dev.wonflow.work.WorkTable;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** Has stray captures given back for as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class StrayConfiguration {

    /** Each is of another payment, and two that end together would hold both. */
    private static final int ONE_BY_ONE = 1;

    /** Most calls are over by then; what is cut short is looked for afterwards. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    @Bean
    WorkKind strayKind() {
        return StrayWork.KIND;
    }

    @Bean
    WorkQueue<Optional<Instant>> strayQueue(
            RefundStray refundStray,
            StrayCaptures strays,
            WorkTable work,
            TransactionOperations transaction,
            StrayProperties properties,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        return new WorkQueue<>(
                StrayWork.KIND,
                new StrayWork(refundStray, strays),
                work,
                transaction,
                new WorkQueue.Settings(
                        properties.atOnce(),
                        ONE_BY_ONE,
                        properties.lease(),
                        properties.pollInterval(),
                        Duration.ZERO,
                        properties.backOff(),
                        STOP_PATIENCE),
                clock,
                random,
                meters);
    }
}
