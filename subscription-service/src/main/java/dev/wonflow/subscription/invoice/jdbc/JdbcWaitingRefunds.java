package dev.wonflow.subscription.invoice.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.invoice.TakeBackPayments;
import dev.wonflow.subscription.invoice.WaitingRefundWork;
import dev.wonflow.subscription.invoice.WaitingRefunds;
import dev.wonflow.subscription.subscription.MoneyWentBack;
import dev.wonflow.work.WorkBackOff;
import dev.wonflow.work.WorkItem;
import dev.wonflow.work.WorkKind;
import dev.wonflow.work.WorkQueue;
import dev.wonflow.work.WorkTable;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Refunds that wait, as planned work. */
final class JdbcWaitingRefunds implements WaitingRefunds {

    private static final JsonMapper JSON = new JsonMapper();

    private final WorkTable work;

    private JdbcWaitingRefunds(WorkTable work) {
        this.work = work;
    }

    @Override
    public void add(MoneyWentBack money, Instant now) {
        work.plan(WorkItem.of(WaitingRefundWork.KIND, money.paymentId(), now.plus(PAUSE))
                .carrying(JSON.writeValueAsString(Payload.of(money))));
    }

    static MoneyWentBack read(String payload) {
        return JSON.readValue(payload, Payload.class).money();
    }

    private record Payload(
            String paymentId,
            String orderId,
            String tenantId,
            long refundedWon,
            boolean whole,
            String how,
            Instant at) {

        static Payload of(MoneyWentBack money) {
            return new Payload(
                    money.paymentId(),
                    money.orderId(),
                    money.tenantId().value(),
                    money.refunded().won(),
                    money.whole(),
                    money.how(),
                    money.at());
        }

        MoneyWentBack money() {
            return new MoneyWentBack(
                    paymentId, orderId, new TenantId(tenantId), Money.ofWon(refundedWon), whole, how, at);
        }
    }

    /** Has them looked at for as long as the service runs. */
    @Configuration(proxyBeanMethods = false)
    static class Looking {

        private static final int AT_ONCE = 2;
        private static final int ONE_BY_ONE = 1;
        private static final Duration LEASE = Duration.ofMinutes(1);
        private static final Duration POLL = Duration.ofSeconds(5);
        private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
        private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

        @Bean
        WaitingRefunds waitingRefunds(WorkTable work) {
            return new JdbcWaitingRefunds(work);
        }

        @Bean
        WorkKind waitingRefundKind() {
            return WaitingRefundWork.KIND;
        }

        @Bean
        WorkQueue<MoneyWentBack> waitingRefundQueue(
                TakeBackPayments takeBackPayments,
                WaitingRefunds waiting,
                WorkTable work,
                TransactionOperations transaction,
                Clock clock,
                RandomGenerator random,
                MeterRegistry meters) {
            return new WorkQueue<>(
                    WaitingRefundWork.KIND,
                    new WaitingRefundWork(takeBackPayments, waiting, JdbcWaitingRefunds::read, clock),
                    work,
                    transaction,
                    new WorkQueue.Settings(
                            AT_ONCE,
                            ONE_BY_ONE,
                            LEASE,
                            POLL,
                            Duration.ZERO,
                            new WorkBackOff(WaitingRefunds.PAUSE, LONGEST_PAUSE),
                            STOP_PATIENCE),
                    clock,
                    random,
                    meters);
        }
    }
}
