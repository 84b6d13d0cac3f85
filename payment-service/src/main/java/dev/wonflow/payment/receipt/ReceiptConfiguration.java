package dev.wonflow.payment.receipt;

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

/** Has cash receipts asked for, taken back and followed for as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class ReceiptConfiguration {

    /** Each is of another payment, and two that end together would hold both. */
    private static final int ONE_BY_ONE = 1;
    /** A day is one long list, and more than one at a time would take the calls of others. */
    private static final int DAYS_AT_ONCE = 1;
    /** Most calls are over by then; what is cut short is looked for afterwards. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    @Bean
    WorkKind receiptKind() {
        return ReceiptWork.KIND;
    }

    @Bean
    WorkKind receiptDayKind() {
        return FollowWork.KIND;
    }

    @Bean
    WorkQueue<Optional<Instant>> receiptQueue(
            CarryOutReceipts carryOutReceipts,
            ReceiptRequests requests,
            WorkTable work,
            TransactionOperations transaction,
            ReceiptProperties properties,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        return new WorkQueue<>(
                ReceiptWork.KIND,
                new ReceiptWork(carryOutReceipts, requests),
                work,
                transaction,
                settings(properties, properties.atOnce()),
                clock,
                random,
                meters);
    }

    @Bean
    WorkQueue<Optional<Instant>> receiptDayQueue(
            FollowReceipts followReceipts,
            ReceiptRequests requests,
            WorkTable work,
            TransactionOperations transaction,
            ReceiptProperties properties,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        return new WorkQueue<>(
                FollowWork.KIND,
                new FollowWork(followReceipts, requests),
                work,
                transaction,
                settings(properties, DAYS_AT_ONCE),
                clock,
                random,
                meters);
    }

    private static WorkQueue.Settings settings(ReceiptProperties properties, int atOnce) {
        return new WorkQueue.Settings(
                atOnce,
                ONE_BY_ONE,
                properties.lease(),
                properties.pollInterval(),
                Duration.ZERO,
                properties.backOff(),
                STOP_PATIENCE);
    }
}
