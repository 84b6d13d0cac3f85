package dev.wonflow.payment.statuscheck;

import dev.wonflow.payment.gateway.CallLimits;
import dev.wonflow.payment.payment.StatusCheckProperties;
import dev.wonflow.work.Alarm;
import dev.wonflow.work.SystemAlarm;
import dev.wonflow.work.WorkKind;
import dev.wonflow.work.WorkTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps the service from starting with time limits that contradict one another. */
@Configuration(proxyBeanMethods = false)
class StatusCheckConfiguration {

    StatusCheckConfiguration(StatusCheckProperties settings, CallLimits calls) {
        settings.requireLongerThan(calls);
    }

    /** Set by what is planned, and by what has to be reported to the shared quota. */
    @Bean
    Alarm statusCheckAlarm(WorkTable work) {
        Alarm alarm = new SystemAlarm();
        StatusCheckWork.KINDS.forEach(kind -> work.wake(kind, alarm));
        return alarm;
    }

    @Bean
    WorkKind requiredStatusChecks() {
        return StatusCheckWork.REQUIRED;
    }

    @Bean
    WorkKind hintedStatusChecks() {
        return StatusCheckWork.HINTED;
    }
}
