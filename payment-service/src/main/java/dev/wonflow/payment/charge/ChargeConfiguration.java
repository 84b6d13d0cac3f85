package dev.wonflow.payment.charge;

import dev.wonflow.payment.Pause;
import dev.wonflow.payment.billing.BillingMethods;
import dev.wonflow.payment.billing.RemoveMethod;
import dev.wonflow.payment.gateway.BillingGateway;
import dev.wonflow.payment.gateway.quota.TossQuota;
import dev.wonflow.payment.incident.Alerts;
import dev.wonflow.payment.payment.OpenPaidPayment;
import dev.wonflow.runtime.TenantClocks;
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

/** Has charges carried out for as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class ChargeConfiguration {

    /** Most calls are over by then; what is cut short is looked for afterwards. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    @Bean
    WorkKind chargeKind() {
        return ChargeWork.KIND;
    }

    @Bean
    ChargePace chargePace(PaceBook paceBook, TossQuota quota, ChargeProperties properties, Pause pause) {
        ChargePace pace = new ChargePace(
                paceBook,
                quota.perMinute() * properties.sharePercent() / 100,
                properties.atOnce(),
                quota.restAfterRefusal(),
                pause);
        quota.whenTurnedAway(pace::turnedAway);
        return pace;
    }

    @Bean
    CarryOutCharge carryOutCharge(
            Charges charges,
            BillingMethods methods,
            RemoveMethod removeMethod,
            BillingGateway gateway,
            OpenPaidPayment openPaidPayment,
            ChargeEvents events,
            Alerts alerts,
            ChargePace pace,
            ChargeProperties properties,
            RandomGenerator random,
            Clock clock,
            TenantClocks tenantClocks) {
        return new CarryOutCharge(
                charges,
                methods,
                removeMethod,
                gateway,
                openPaidPayment,
                events,
                alerts,
                pace,
                properties.backOff(),
                random,
                clock,
                tenantClocks);
    }

    @Bean
    WorkQueue<CarryOutCharge.Turn> chargeQueue(
            CarryOutCharge carryOutCharge,
            WorkTable work,
            TransactionOperations transaction,
            ChargeProperties properties,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        return new WorkQueue<>(
                ChargeWork.KIND,
                new ChargeWork(carryOutCharge),
                work,
                transaction,
                new WorkQueue.Settings(
                        properties.atOnce(),
                        properties.batch(),
                        properties.lease(),
                        properties.pollInterval(),
                        properties.linger(),
                        properties.backOff(),
                        STOP_PATIENCE),
                clock,
                random,
                meters);
    }
}
